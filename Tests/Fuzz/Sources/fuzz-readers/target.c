#include <stddef.h>
#include <stdint.h>

void fuzz_readers(const uint8_t *bytes, size_t count);

/// What libFuzzer calls with each input.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  fuzz_readers(bytes, count);
  return 0;
}
