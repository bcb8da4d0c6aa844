#include "levels.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if defined(SEQK_AMX)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#if defined(__x86_64__)
static bool has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
static bool has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}
#endif

// The CPU has the tiles, and the kernel gives them to this process.
static bool has_amx(void) {
#if defined(SEQK_AMX)
  enum { AMX_BF16 = 1 << 22, AMX_TILE = 1 << 24, REQUEST_PERMISSION = 0x1023, TILE_DATA = 18 };
  unsigned a, b, c, d;
  if (!has_avx512() || !__builtin_cpu_supports("avx512bf16") || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  return (d & AMX_BF16) && (d & AMX_TILE) && syscall(SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA) == 0;
#else
  return false;
#endif
}

// The best level of single precision.
static const seqk_table *best(void) {
#if defined(__x86_64__)
  if (has_avx512()) return &seqk_avx512;
  if (has_avx2()) return &seqk_avx2;
#endif
  return &seqk_generic;
}

static void use_emulated(seqk_table *table, size_t planes) {
#if defined(__x86_64__)
  if (has_avx2()) return seqk_use_emulated_avx2(table, planes);
#endif
  seqk_use_emulated_generic(table, planes);
}

// Levels with tiles: the best level's kernels, with the products of one plane and of two.
typedef struct {
  const char *name;
  bool is_there;
  seqk_table tables[2];
} tile_level;
static tile_level tile_levels[] = {{.name = "amx"}, {.name = "amx-emulated"}, {.name = "amx-emulated-generic"}};
enum { TILE_LEVELS = sizeof tile_levels / sizeof *tile_levels };

static void make_tile_levels(void) {
  tile_levels[0].is_there = has_amx();
  tile_levels[1].is_there = tile_levels[2].is_there = true;
  for (size_t i = 0; i < TILE_LEVELS; i++)
    for (size_t planes = 1; planes <= 2; planes++) {
      seqk_table *table = &tile_levels[i].tables[planes - 1];
      *table = *best();
      table->name = tile_levels[i].name;
#if defined(SEQK_AMX)
      if (i == 0) seqk_use_amx(table, planes);
#endif
      if (i == 1) use_emulated(table, planes);
      if (i == 2) seqk_use_emulated_generic(table, planes);
    }
}

static const seqk_table *tile_table(const char *name, seqk_precision precision) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_tile_levels);
  for (size_t i = 0; i < TILE_LEVELS; i++) {
    if (strcmp(name, tile_levels[i].name)) continue;
    if (!tile_levels[i].is_there) return NULL;
    return precision == SEQK_FLOAT32 ? best() : &tile_levels[i].tables[precision == SEQK_BFLOAT16X3];
  }
  return NULL;
}

const seqk_table *seqk_level(const char *name, seqk_precision precision) {
  if (!strncmp(name, "amx", 3)) return tile_table(name, precision);
  if (precision != SEQK_FLOAT32) return NULL;
#if defined(__x86_64__)
  if (!strcmp(name, "avx512")) return has_avx512() ? &seqk_avx512 : NULL;
  if (!strcmp(name, "avx2")) return has_avx2() ? &seqk_avx2 : NULL;
#endif
  return strcmp(name, "generic") ? NULL : &seqk_generic;
}

const seqk_table *seqk_active(seqk_precision precision) {
  const char *forced = getenv("SEQTOOL_CPU");
  if (forced && seqk_level(forced, SEQK_FLOAT32)) return seqk_level(forced, precision);
  return precision == SEQK_FLOAT32 ? best() : seqk_level("amx", precision);
}
