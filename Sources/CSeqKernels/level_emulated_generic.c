// The kernels of level_amx.c with emulated tiles, for any CPU.
#include "levels.h"
#pragma clang diagnostic ignored "-Wpsabi"
#define LANES 4
#define TILE_LEVEL seqk_use_emulated_generic
#define TILE_OPERATIONS "tiles_emulated.inc"
#include "tile_level.inc"
