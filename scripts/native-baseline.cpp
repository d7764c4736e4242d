// Pairs on std::shared_ptr, for native-baseline.c.
#include <cstdint>
#include <memory>

// Keeps the counts, which stand before it, away from those of the next object.
struct alignas(128) object {};

using pointer = std::shared_ptr<object>;

extern "C" void *shared_ptr_new() { return new pointer(std::make_shared<object>()); }

extern "C" std::int64_t shared_ptr_count(void *handle) { return static_cast<pointer *>(handle)->use_count(); }

extern "C" void shared_ptr_pairs(void *handle, int pairs) {
  const pointer &original = *static_cast<pointer *>(handle);
  for (int i = 0; i < pairs; i++) {
    pointer copy(original);
  }
}
