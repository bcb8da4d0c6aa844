// The products of level_amx.c with emulated tiles, for any CPU.
#include "levels.h"
#pragma clang diagnostic ignored "-Wpsabi"
#define LANES 4
#define TILE_LEVEL seqk_use_emulated_generic
#include "lanes.inc"
#include "tiles_emulated.inc"
#include "bfloat16.inc"
#include "tile_products.inc"
