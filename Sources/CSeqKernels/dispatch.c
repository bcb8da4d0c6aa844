#include "levels.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
static bool has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
static bool has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}
#endif

const seqk_table *seqk_level(const char *name) {
#if defined(__x86_64__)
  if (!strcmp(name, "avx512")) return has_avx512() ? &seqk_avx512 : NULL;
  if (!strcmp(name, "avx2")) return has_avx2() ? &seqk_avx2 : NULL;
#endif
  return strcmp(name, "generic") ? NULL : &seqk_generic;
}

static const seqk_table *active = &seqk_generic;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void choose(void) {
  const char *const preferred[] = {"avx512", "avx2", "generic"};
  const char *forced = getenv("SEQTOOL_CPU");
  const seqk_table *found = forced ? seqk_level(forced) : NULL;
  for (size_t i = 0; !found && i < sizeof preferred / sizeof *preferred; i++) found = seqk_level(preferred[i]);
  if (found) active = found;
}

const seqk_table *seqk_active(void) {
  pthread_once(&once, choose);
  return active;
}
