#include "CMachinePeak.h"

#include <stdint.h>
#include <string.h>
#include <time.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

double peak_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

// Sums in flight: at least the latency of a fused product times the units that work on it, within 16 registers.
enum { SUMS = 12, PASSES = 20000 };

// `a = a · x + y` tends to y / (1 − x): no overflow, no denormals.
#define PEAK_LOOP(NAME, LANES, ATTRIBUTE)                                                         \
  ATTRIBUTE static double NAME(double seconds) {                                                  \
    _Pragma("clang fp contract(fast)")                                                            \
    typedef float vector __attribute__((vector_size(LANES * sizeof(float))));                     \
    vector x = (vector){0} + 0.999f, y = (vector){0} + 0.001f, a[SUMS];                           \
    for (int i = 0; i < SUMS; i++) a[i] = (vector){0} + (float)i;                                 \
    double best = 0;                                                                              \
    for (double end = peak_now() + seconds; peak_now() < end;) {                                  \
      double start = peak_now();                                                                  \
      for (int pass = 0; pass < PASSES; pass++) {                                                 \
        _Pragma("clang loop unroll(full)") for (int i = 0; i < SUMS; i++) a[i] = a[i] * x + y;    \
        __asm__ volatile("" : "+m"(*(char *)&pass));                                              \
      }                                                                                           \
      double rate = 2.0 * SUMS * LANES * PASSES / (peak_now() - start);                           \
      if (rate > best) best = rate;                                                               \
    }                                                                                             \
    vector sum = a[0];                                                                            \
    for (int i = 1; i < SUMS; i++) sum += a[i];                                                   \
    volatile float kept = sum[0]; /* or the loop would be dropped */                              \
    (void)kept;                                                                                   \
    return best;                                                                                  \
  }

PEAK_LOOP(generic_peak, 4, )
#if defined(__x86_64__)
PEAK_LOOP(avx2_peak, 8, __attribute__((target("avx2,fma"))))
PEAK_LOOP(avx512_peak, 16, __attribute__((target("avx512f"))))
#endif

#if defined(__x86_64__) && defined(__linux__)
/// Products of 16 × 32 by 32 × 16 numbers in tiles; what the tiles hold does not matter.
__attribute__((target("amx-tile,amx-bf16"))) static double amx_peak(double seconds) {
  struct { uint8_t palette, start, reserved[14]; uint16_t width[16]; uint8_t rows[16]; } config = {.palette = 1};
  for (int i = 0; i < 8; i++) config.width[i] = 64, config.rows[i] = 16;
  double best = 0;
  _tile_loadconfig(&config);
  _tile_zero(0), _tile_zero(1), _tile_zero(2), _tile_zero(3);
  _tile_zero(4), _tile_zero(5), _tile_zero(6), _tile_zero(7);
  for (double end = peak_now() + seconds; peak_now() < end;) {
    double start = peak_now();
    for (int pass = 0; pass < PASSES; pass++) {
      _tile_dpbf16ps(0, 4, 6), _tile_dpbf16ps(1, 4, 7), _tile_dpbf16ps(2, 5, 6), _tile_dpbf16ps(3, 5, 7);
      __asm__ volatile("" : "+m"(*(char *)&pass));
    }
    double rate = 4.0 * 2 * 16 * 16 * 32 * PASSES / (peak_now() - start);
    if (rate > best) best = rate;
  }
  _tile_release();
  return best;
}
#endif

double machine_peak(const char *level, double seconds) {
#if defined(__x86_64__)
  if (!strcmp(level, "avx2")) return avx2_peak(seconds);
  if (!strcmp(level, "avx512")) return avx512_peak(seconds);
#endif
#if defined(__x86_64__) && defined(__linux__)
  if (!strcmp(level, "amx")) return amx_peak(seconds);
#endif
  return strcmp(level, "generic") ? 0 : generic_peak(seconds);
}
