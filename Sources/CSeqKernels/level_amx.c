// x86-64 with AMX: the products and steps of bfloat16 and bfloat16x3. All else is the AVX-512 level's.
#include "levels.h"
#if defined(SEQK_AMX)
// Vectors pass between inlined functions of this file only, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx512bf16,avx2,fma,amx-tile,amx-bf16"))), apply_to = function)
#define LANES 16
#define SEQK_NATIVE_BFLOAT16
#define TILE_LEVEL seqk_use_amx
#define TILE_OPERATIONS "tiles_amx.inc"
#include "tile_level.inc"
#pragma clang attribute pop
#endif
