// Pairs on std::shared_ptr, for native-baseline.c.
#include <cstdint>
#include <memory>

using pointer = std::shared_ptr<std::int64_t>;

extern "C" void *shared_ptr_new() { return new pointer(new std::int64_t(0)); }

extern "C" std::int64_t shared_ptr_count(void *handle) { return static_cast<pointer *>(handle)->use_count(); }

extern "C" void shared_ptr_pairs(void *handle, int pairs) {
  const pointer &object = *static_cast<pointer *>(handle);
  for (int i = 0; i < pairs; i++) {
    pointer copy(object);
  }
}
