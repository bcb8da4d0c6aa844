// x86-64 with AVX-512: blocks of 6 rows × 64 columns, twenty-four accumulators in thirty-two registers.
#if defined(__x86_64__)
#include "levels.h"
// Vectors pass between inlined functions of this file only, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)
#define LANES 16
#define VECTORS 4
#define ACCUMULATORS 24
#define LEVEL avx512
#include "level.inc"
#pragma clang attribute pop
#endif
