#include "CKernelRates.h"

#include <stdlib.h>
#include <string.h>

#include "CMachinePeak.h"
#include "CSeqKernels.h"

/// What a kernel works on. Small numbers: neither overflow nor denormals, however often it runs.
typedef struct {
  const seqk_table *table;
  size_t m, n, k;
  float *a, *b, *packed, *c, *x, *activations, *memory, *h;
} work;

/// C [m, n] = A [m, k] · B.
static void product(const work *w) {
  w->table->product(w->m, w->n, w->k, w->a, w->k, w->packed, NULL, 0, w->c, w->n);
}

/// C [m, n] = Aᵀ · B, A [k, m].
static void transposed_product(const work *w) {
  w->table->transposed_product(w->m, w->n, w->k, w->a, w->m, NULL, w->b, w->n, NULL, w->c, w->n, false);
}

/// A step of m sequences: U h(t−1) is [m, n = 4k], k units.
static void lstm_step(const work *w) {
  seqk_cell_step step = {
      .rows = w->m, .previous = w->m, .hidden = w->k, .x = w->x, .ldx = w->n, .u = w->packed, .h_previous = w->a,
      .ldp = w->k, .h = w->h, .ldh = w->k, .gates = w->activations, .ldg = w->n, .c_previous = w->a, .c = w->memory,
      .tanh_c = w->c};
  w->table->lstm(&step);
}

/// Its gradient: dh(t−1) [m, n] from the pre-activations' [m, k = 4n], n units.
static void lstm_backward_step(const work *w) {
  memset(w->memory, 0, w->m * w->n * sizeof(float));
  // The gates become gradients: each call begins with activations again.
  memcpy(w->activations, w->x, w->m * w->k * sizeof(float));
  seqk_cell_gradient step = {
      .rows = w->m, .previous = w->m, .following = w->m, .hidden = w->n, .depth = w->k, .dh = w->h, .lddh = w->n,
      .d_next = w->a, .ldn = w->k, .u = w->packed, .carry = w->memory, .gates = w->activations, .ldg = w->k,
      .c_previous = w->c, .tanh_c = w->c};
  w->table->lstm_backward(&step);
}

/// The sizes of the workloads: projections of a shard, gradients of weights, steps of a shard, one sentence.
static const struct {
  const char *name;
  void (*call)(const work *);
  size_t m, n, k;
} cases[] = {
    {"product", product, 256, 512, 100},
    {"product", product, 64, 1024, 512},
    {"product", product, 1, 512, 128},
    {"transposedProduct", transposed_product, 512, 128, 256},
    {"transposedProduct", transposed_product, 128, 512, 256},
    {"lstmStep", lstm_step, 16, 512, 128},
    {"lstmStep", lstm_step, 16, 1024, 256},
    {"lstmStep", lstm_step, 1, 512, 128},
    {"lstmBackwardStep", lstm_backward_step, 16, 128, 512},
    {"lstmBackwardStep", lstm_backward_step, 16, 256, 1024},
};
enum { CASES = sizeof cases / sizeof *cases };

size_t kernel_rate_count(void) { return CASES; }

static const seqk_table *table_of(const char *level, const char *precision) {
  bool split = !strcmp(precision, "bfloat16x3"), rounded = !strcmp(precision, "bfloat16");
  return seqk_level(level, split ? SEQK_BFLOAT16X3 : rounded ? SEQK_BFLOAT16 : SEQK_FLOAT32);
}

bool kernel_level_exists(const char *level, const char *precision) { return table_of(level, precision) != NULL; }

static float *floats(size_t n) {
  float *x = aligned_alloc(64, (n * sizeof(float) + 63) / 64 * 64);
  if (!x) abort();
  for (size_t i = 0; i < n; i++) x[i] = 0.01f * ((float)(i % 17) - 8);
  return x;
}

static work prepare(const seqk_table *table, size_t i) {
  size_t m = cases[i].m, n = cases[i].n, k = cases[i].k;
  bool gated = cases[i].call == lstm_step;
  size_t room = gated ? seqk_gates_size(table, k, k, 4) : seqk_packed_size(table, k, n);
  work w = {
      .table = table, .m = m, .n = n, .k = k, .a = floats(m * k), .b = floats(k * n), .packed = floats(room),
      .c = floats(m * n), .x = floats(m * (n > k ? n : k)), .activations = floats(m * (n > k ? n : k)),
      .memory = floats(m * n), .h = floats(m * n)};
  if (gated) table->pack_gates(k, k, 4, w.b, k, w.packed);
  else table->pack(k, n, w.b, n, false, w.packed);
  return w;
}

static void release(work w) {
  float *all[] = {w.a, w.b, w.packed, w.c, w.x, w.activations, w.memory, w.h};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

/// Float operations a second of the best millisecond, as the peak is that of its best loop; a busy machine takes the
/// CPU away for longer. The gates' own operations are not counted.
static double rate(size_t i, const work *w, double seconds) {
  double best = 0, end = peak_now() + seconds;
  while (peak_now() < end) {
    double calls = 0, start = peak_now(), now = start;
    for (; now - start < 1e-3; now = peak_now()) {
      cases[i].call(w);
      calls++;
    }
    double reached = 2.0 * (double)w->m * (double)w->n * (double)w->k * calls / (now - start);
    if (reached > best) best = reached;
  }
  return best;
}

double kernel_rates(const char *level, const char *precision, int rounds, double seconds, kernel_rate *rates) {
  const seqk_table *table = table_of(level, precision);
  if (!table) abort();
  double peak = 0;
  for (size_t i = 0; i < CASES; i++) {
    rates[i] = (kernel_rate){cases[i].name, cases[i].m, cases[i].n, cases[i].k, 0};
  }
  for (int round = 0; round < rounds; round++) {
    for (size_t i = 0; i < CASES; i++) {
      double bound = machine_peak(level, seconds / 2);
      if (bound > peak) peak = bound;
      work w = prepare(table, i);
      double reached = rate(i, &w, seconds);
      if (reached > rates[i].rate) rates[i].rate = reached;
      release(w);
    }
  }
  return peak;
}
