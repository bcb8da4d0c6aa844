#pragma once
#include <iconv.h>
#include <stddef.h>

// `iconv` of some systems takes its input as const, of others not: this one is the same everywhere.
static inline size_t seq_iconv(iconv_t converter, char **input, size_t *inputLeft, char **output, size_t *outputLeft) {
  return iconv(converter, (void *)input, inputLeft, output, outputLeft);
}

// What `iconv_open` gives when it fails: a cast that Swift does not import.
static inline int seq_iconv_failed(iconv_t converter) { return converter == (iconv_t)-1; }
