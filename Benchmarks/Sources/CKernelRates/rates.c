#include "CKernelRates.h"

#include <stdlib.h>
#include <string.h>

#include "CMachinePeak.h"
#include "CSeqKernels.h"

// The sizes of the workloads: a batch's input projection, a gradient of weights, a step of 16 sequences, one sentence.
static const kernel_rate cases[] = {
    {"product", 512, 512, 100, 0},          {"product", 512, 1024, 512, 0}, {"product", 16, 512, 128, 0},
    {"product", 1, 512, 128, 0},            {"transposedProduct", 512, 128, 512, 0},
    {"transposedProduct", 1024, 256, 512, 0}, {"lstmStep", 16, 512, 128, 0}, {"lstmStep", 16, 1024, 256, 0},
    {"lstmStep", 64, 512, 128, 0},          {"lstmStep", 1, 512, 128, 0},
};
enum { CASES = sizeof cases / sizeof *cases };

size_t kernel_rate_count(void) { return CASES; }
bool kernel_level_exists(const char *level) { return seqk_level(level) != NULL; }

/// What the kernels work on. Small numbers, so that sums stay small however often they are added up.
typedef struct {
  const seqk_table *table;
  kernel_rate size;
  float *a, *b, *packed, *c, *memory;
} work;

static float *floats(size_t n, float scale) {
  float *x = aligned_alloc(64, (n * sizeof(float) + 4095) / 4096 * 4096);
  if (!x) abort();
  for (size_t i = 0; i < n; i++) x[i] = scale * ((float)(i % 17) - 8);
  return x;
}

static work prepare(const seqk_table *table, kernel_rate size) {
  size_t widest = (size.rows + 64) * (size.columns + size.depth + 64);
  work w = {table, size};
  w.a = floats(widest, 0.01f);
  w.b = floats((size.depth + 64) * (size.rows + size.columns + 64), 0.01f);
  w.packed = floats(size.depth * (size.columns + 4 * table->panel), 0);
  w.c = floats(widest, 0.01f);
  w.memory = floats(3 * widest, 0.01f);
  table->pack(size.depth, size.columns, w.b, size.columns, false, w.packed);
  return w;
}

static void release(work *w) { free(w->a), free(w->b), free(w->packed), free(w->c), free(w->memory); }

/// One call of the kernel; returns its float operations. The gates of a step are not counted.
static double call(const work *w) {
  const seqk_table *t = w->table;
  size_t m = w->size.rows, n = w->size.columns, k = w->size.depth;
  if (!strcmp(w->size.kernel, "product")) {
    t->product(m, n, k, w->a, k, w->packed, w->c, n, false);
  } else if (!strcmp(w->size.kernel, "transposedProduct")) {
    t->transposed_product(m, n, k, w->a, m, w->b, n, w->c, n, false);
  } else {
    // h(t) from h(t−1) in `a`; the gates start at W x + b each time.
    float *c = w->memory, *tanh_c = c + m * k, *h = tanh_c + m * k;
    memcpy(w->c, w->b, sizeof(float) * (m < k ? m : k) * n);
    t->product(m, n, k, w->a, k, w->packed, w->c, n, true);
    t->lstm(m, m, k, w->c, n, w->a, c, tanh_c, h, k);
  }
  return 2.0 * (double)m * (double)n * (double)k;
}

static double rate(const work *w, double seconds) {
  double operations = 0, start = peak_now(), now = start;
  while (now - start < seconds) {
    for (int i = 0; i < 10; i++) operations += call(w);
    now = peak_now();
  }
  return operations / (now - start);
}

double kernel_rates(const char *level, int rounds, double seconds, kernel_rate *rates) {
  const seqk_table *table = seqk_level(level);
  if (!table) abort();
  double peak = 0;
  memcpy(rates, cases, sizeof cases);
  for (int round = 0; round < rounds; round++) {
    for (size_t i = 0; i < CASES; i++) {
      double bound = machine_peak(level, seconds / 2);
      if (bound > peak) peak = bound;
      work w = prepare(table, cases[i]);
      double reached = rate(&w, seconds);
      if (reached > rates[i].rate) rates[i].rate = reached;
      release(&w);
    }
  }
  return peak;
}
