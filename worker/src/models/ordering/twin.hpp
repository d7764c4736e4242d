// What the twins share: orders that a seeded defect weakens, and an object that notices who touches it when.
#pragma once

#include <relacy/relacy.hpp>

#include <string>

// The seeded defect of this run; empty for the twin as designed. Written once, before the first execution.
inline std::string seeded_defect;

// Whether a twin has asked for that defect: a name that none knows must not pass for a defect that was not found.
inline bool defect_is_known = false;

inline bool has_defect(const char *name) {
  bool present = seeded_defect == name;
  defect_is_known |= present;
  return present;
}

// The order of one access: `right`, unless the named defect is seeded.
inline rl::memory_order order(rl::memory_order right, const char *defect, rl::memory_order wrong) {
  return has_defect(defect) ? wrong : right;
}

// Plain memory of a counted object. The checker reports two accesses that are not ordered when one of them writes, so
// that a free which does not happen after every access is a data race, even where no execution shows a wrong value.
template <int Writers>
struct object {
  rl::var<int> alive;
  rl::var<int> written[Writers];

  void create() {
    alive($) = 1;
    for (auto &field : written) {
      field($) = 0;
    }
  }

  void touch() { RL_ASSERT(alive($) == 1); }

  void write(int writer) {
    touch();
    written[writer]($) = 1;
  }

  // By whoever found the last reference gone: everybody's writes must be there, and nobody may come after.
  void free_after(int writers) {
    touch();
    for (int writer = 0; writer < writers; writer++) {
      RL_ASSERT(written[writer]($) == 1);
      written[writer]($) = -1;
    }
    alive($) = 0;
  }
};
