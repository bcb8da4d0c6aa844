// Any CPU: four-lane vectors, which are SSE2 on x86-64 and NEON on arm64.
#include "levels.h"
#define LANES 4
#define VECTORS 4
#define ACCUMULATORS 8
#define LEVEL generic
#include "level.inc"
