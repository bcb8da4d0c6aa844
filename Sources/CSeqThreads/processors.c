#if defined(__linux__)
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#endif
#include <unistd.h>

#include "CSeqThreads.h"

#if defined(__linux__)
// The processors' worth of time that a container is given, rounded up; 0 if it has no limit.
static size_t container_share(void) {
  FILE *file = fopen("/sys/fs/cgroup/cpu.max", "re");
  if (!file) return 0;
  unsigned long quota, period;
  int found = fscanf(file, "%lu %lu", &quota, &period);
  fclose(file);
  return found == 2 && period ? (quota + period - 1) / period : 0;
}
#endif

size_t seqt_processors(void) {
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  size_t count = online > 0 ? (size_t)online : 1;
#if defined(__linux__)
  cpu_set_t set;
  if (!sched_getaffinity(0, sizeof set, &set) && CPU_COUNT(&set) > 0) count = (size_t)CPU_COUNT(&set);
  size_t share = container_share();
  if (share && share < count) count = share;
#endif
  return count;
}
