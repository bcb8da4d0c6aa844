#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

void fuzz_readers(const uint8_t *bytes, size_t count);
void fuzz_tokenizers(const uint8_t *bytes, size_t count);

/// What libFuzzer calls with each input.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  if (getenv("SEQTOOL_FUZZ_TOKENIZER"))
    fuzz_tokenizers(bytes, count);
  else
    fuzz_readers(bytes, count);
  return 0;
}
