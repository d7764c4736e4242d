// Twins of the reference counts, for a checker that knows the C++ memory model: a wrong order cannot be seen on x86-64,
// nor by a checker that lets threads take turns. Relacy Race Detector (Debian package relacy-dev) runs each twin under
// all schedules, and lets each load return every value that the model allows.
//
//   ordering TWIN [DEFECT]
//
// Prints what was found and exits with 0 when the twin holds, 1 when it does not, 2 on wrong usage.
#include "biased.hpp"
#include "epochs.hpp"
#include "reference_count.hpp"

#include <cstdio>
#include <ostream>
#include <streambuf>

enum { HOLDS = 0, BROKEN = 1, WRONG_USAGE = 2 };

// Takes the checker's log. A string stream cannot: the checker replaces operator new in this program, but not delete in
// the C++ library, which frees the stream's buffer.
struct nothing : std::streambuf {
  int overflow(int character) override { return traits_type::not_eof(character); }
};

template <typename Twin>
static int check() {
  nothing buffer;
  std::ostream log(&buffer);
  rl::test_params parameters;
  parameters.search_type = rl::fair_full_search_scheduler_type;
  parameters.output_stream = &log;
  parameters.progress_stream = &log;
  bool holds = rl::simulate<Twin>(parameters);
  if (!seeded_defect.empty() && !defect_is_known) {
    std::fprintf(stderr, "this twin has no defect '%s'\n", seeded_defect.c_str());
    return WRONG_USAGE;
  }
  if (holds) {
    std::printf("holds, %llu executions\n", static_cast<unsigned long long>(parameters.stop_iteration));
    return HOLDS;
  }
  std::printf("found: %s\n", rl::test_result_str(parameters.test_result));
  return BROKEN;
}

int main(int count, char **arguments) {
  std::string twin = count > 1 ? arguments[1] : "";
  seeded_defect = count > 2 ? arguments[2] : "";
  if (twin == "reference-count") return check<reference_count>();
  if (twin == "biased-merge") return check<biased_merge>();
  if (twin == "biased-queue") return check<biased_queue>();
  if (twin == "epochs") return check<epochs>();
  std::fprintf(stderr, "usage: ordering reference-count|biased-merge|biased-queue|epochs [DEFECT]\n");
  return WRONG_USAGE;
}
