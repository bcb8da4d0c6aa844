// The kernels of level_amx.c with emulated tiles, for x86-64 with AVX2.
#if defined(__x86_64__)
#include "levels.h"
// Vectors pass between inlined functions of this file only, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define TILE_LEVEL seqk_use_emulated_avx2
#define TILE_OPERATIONS "tiles_emulated.inc"
#include "tile_level.inc"
#pragma clang attribute pop
#endif
