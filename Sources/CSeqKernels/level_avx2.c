// x86-64 with AVX2 and FMA: blocks of 6 rows × 16 columns, twelve accumulators in sixteen registers.
#if defined(__x86_64__)
#include "levels.h"
// Vectors pass between inlined functions of this file only, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define VECTORS 2
#define ACCUMULATORS 12
#define LEVEL avx2
#include "level.inc"
#pragma clang attribute pop
#endif
