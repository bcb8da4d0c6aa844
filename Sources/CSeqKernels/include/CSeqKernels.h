// The numeric core: what must be vectorised, behind one table of functions per CPU level.
//
// All matrices are row-major with a leading dimension (`ld…`, in floats). No function allocates. Levels differ in the
// last bits of their results; within a level the same input gives the same bits.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seqk_rules.h"

/// The activation of an Elman cell.
typedef enum { SEQK_TANH = 0, SEQK_RELU = 1, SEQK_SIGMOID = 2 } seqk_activation;

/// One step of a recurrent sweep: `rows` sequences run at step t, of which the first `previous` also ran at the step
/// before. G is the number of gates. Matrices without a leading dimension are contiguous.
typedef struct {
  size_t rows, previous, hidden;
  const float *_Nonnull x; size_t ldx;          ///< W x + b [·, G · hidden]; for all cells but the GRU + b′
  const int32_t *_Nullable index;               ///< the row of `x` that each sequence takes; null: its own
  const float *_Nullable u;                     ///< U, by `pack_gates`; null if `previous` is 0
  const float *_Nullable bias;                  ///< GRU: b′ [G · hidden]; else null
  const float *_Nullable h_previous; size_t ldp;  ///< h(t−1) [previous, hidden], as U multiplies it
  const float *_Nullable h_direct; size_t ldd;  ///< GRU: h(t−1) as it passes by the gates: the same, but for dropout
  float *_Nonnull h; size_t ldh;                ///< out: h(t) [rows, hidden]
  float *_Nonnull gates; size_t ldg;            ///< out: activations [rows, G · hidden]; may be `x`. Elman: unused
  float *_Nullable recurrent; size_t ldr;       ///< GRU, out: the third part is that of U h(t−1) + b′
  const float *_Nullable c_previous;            ///< LSTM: c(t−1) [previous, hidden]
  float *_Nullable c, *_Nullable tanh_c;        ///< LSTM, out [rows, hidden]
  seqk_activation activation;                   ///< Elman
} seqk_cell_step;

/// The gradient of such a step; the first `following` sequences also run at the step after.
typedef struct {
  size_t rows, previous, following, hidden;
  size_t depth;                                 ///< G · hidden
  const float *_Nonnull dh; size_t lddh;        ///< ∂L/∂h(t) from above [rows, hidden]
  const float *_Nullable d_next; size_t ldn;    ///< ∂L/∂(U h(t) + b′) [following, depth]
  const float *_Nullable u;                     ///< U [depth, hidden], by `pack`
  float *_Nullable carry;                       ///< [rows, hidden], in: LSTM ∂L/∂c(t), GRU the part of ∂L/∂h(t) that
                                                ///< passes by the gates, both from t + 1; out: the same for t − 1
  float *_Nonnull gates; size_t ldg;            ///< in: activations; out: their pre-activations' gradient
  float *_Nullable recurrent; size_t ldr;       ///< GRU; in: see `seqk_cell_step`; out: ∂L/∂(U h(t−1) + b′)
  const float *_Nullable h; size_t ldh;         ///< Elman: h(t)
  const float *_Nullable h_previous; size_t ldp;  ///< GRU
  const float *_Nullable c_previous, *_Nullable tanh_c;  ///< LSTM
  seqk_activation activation;
} seqk_cell_gradient;

/// Attention of `rows` queries, each over the memory of one sequence: sequence s owns the rows member[start[s]] …
/// member[start[s + 1] − 1] of the keys and values. weights = softmax over them of the scores, context = Σ weight · value.
typedef struct {
  size_t rows, keys, values;                    ///< queries; features of a query and a key; of a value
  const int32_t *_Nonnull sequence;             ///< [rows]: whose memory a query reads
  const int32_t *_Nonnull start, *_Nonnull member;
  const float *_Nonnull query; size_t ldq;      ///< [rows, keys]
  const float *_Nonnull key; size_t ldk;        ///< [·, keys]
  const float *_Nonnull value; size_t ldv;      ///< [·, values]
  const float *_Nullable additive;              ///< v [keys]: a score is v · tanh(query + key); null: query · key
  float *_Nonnull weights; size_t ldw;          ///< out: [rows, ·], as many as the memory has rows
  float *_Nonnull context; size_t ldc;          ///< out: [rows, values]; the gradient leaves it alone
} seqk_attention;

/// The gradient of that, from ∂L/∂context.
typedef struct {
  const float *_Nonnull d_context; size_t lddc;
  float *_Nonnull d_weights;                    ///< room for [rows, ldw]
  float *_Nonnull d_query; size_t lddq;         ///< out
  float *_Nonnull d_key; size_t lddk;           ///< += ; may be `d_value`, where keys are values
  float *_Nonnull d_value; size_t lddv;         ///< +=
  float *_Nullable d_additive;                  ///< += ; with `additive`
} seqk_attention_gradient;

/// One step back along linear chains of tags (a linear-chain CRF): `rows` sequences run at step t, of which the first
/// `following` also run at t + 1. T [from, to] are the scores of transitions, E = exp(T − τ). With u(t, j) = e(t, j) + b(t, j),
/// where b is the logarithm of the sum over all that may follow tag j, less what `greatest` keeps of the steps behind:
/// b(t, i) = τ + log Σ_j E(i, j) r(t + 1, j), or `end` at a sequence's last token, and r = exp(u − max u).
typedef struct {
  size_t rows, following, tags;
  const float *_Nonnull scores; size_t lds;       ///< e(t) [rows, tags]
  const float *_Nonnull end;                      ///< [tags]
  const float *_Nonnull transitions; size_t ldt;  ///< T [tags, tags]
  float shift;                                    ///< τ
  const float *_Nullable sums; size_t ldq;        ///< r(t + 1) · Eᵀ [following, tags]
  const float *_Nullable next; size_t ldn;        ///< u(t + 1) [following, tags]
  const float *_Nullable next_greatest;           ///< max u(t + 1) [following]
  float *_Nonnull messages; size_t ldm;           ///< out: u(t) [rows, tags]
  float *_Nonnull shares; size_t ldr;             ///< out: r(t) [rows, tags]
  float *_Nonnull greatest;                       ///< out: max u(t) [rows]
} seqk_chain_messages;

/// One step on along the chains, after all steps back: masses m(t) on the tags of the `rows` sequences that run at t + 1 too
/// go on with the probability that a tag follows another, p(j | i) = E(i, j) r(t + 1, j) / sums(i). `labels` and `added`
/// (or null) put further mass on one tag of each sequence before. Between departures and arrivals the caller sets
/// `next_masses` = departures · E.
typedef struct {
  size_t rows, tags;
  const float *_Nonnull masses; size_t ldm;       ///< m(t) [rows, tags]
  const int32_t *_Nullable labels;                ///< [rows]; a negative one adds nothing
  const float *_Nullable added;                   ///< [rows]
  const float *_Nonnull sums; size_t ldq;         ///< as in `seqk_chain_messages`
  const float *_Nonnull transitions; size_t ldt;  ///< T [tags, tags]
  const float *_Nonnull next; size_t ldu;         ///< u(t + 1) [rows, tags]
  const float *_Nonnull next_shares; size_t ldr;  ///< r(t + 1) [rows, tags]
  float *_Nonnull departures; size_t ldp;         ///< out of departures: mass ÷ sums [rows, tags], 0 where sums are too small
  float *_Nonnull next_masses; size_t ldn;        ///< out of arrivals: m(t + 1) [rows, tags]
  float *_Nullable counts; size_t ldc;            ///< += what moved where sums are too small [tags, tags]
} seqk_chain_masses;

/// One step of Viterbi's search: best(t, j) = e(t, j) + max_i best(t − 1, i) + T(i, j) − max best(t − 1); the first of equals. Rows of `best`,
/// `from` and T have room for whole vectors: `tags` rounded up to 16.
typedef struct {
  size_t rows, tags;
  const float *_Nonnull previous;                 ///< best(t − 1) [rows, tags]
  const float *_Nonnull transitions; size_t ldt;  ///< T [tags, tags]
  const float *_Nonnull scores; size_t lds;       ///< e(t) [rows, tags]
  float *_Nonnull best; size_t ldb;               ///< out: best(t) [rows, tags]; `ldb` is that of `previous` too
  int32_t *_Nonnull from; size_t ldf;             ///< out: the tag before [rows, tags]
} seqk_chain_best;

/// What one optimiser step does to every weight; see `seqk_update`. Unused fields are 0.
typedef struct {
  float rate;           ///< learning rate, after the schedule
  float scale;          ///< factor on the gradient: global-norm clipping
  float decay;          ///< weight decay, added to the gradient (or decoupled: see `decoupled`)
  float momentum;       ///< SGD and RMSProp
  float beta1, beta2;   ///< decay of the first and second moment (RMSProp, Adadelta: beta2)
  float epsilon;
  float correction1;    ///< Adam: 1 − β₁ᵗ; NAdam: see optimisers in SeqTraining
  float correction2;    ///< Adam: 1 − β₂ᵗ
  float gradient_factor; ///< NAdam: factor on the gradient
  float moment_factor;   ///< NAdam: factor on the first moment
  bool nesterov, decoupled, first;
} seqk_step;

/// The numbers that products are computed from. Sums are always in single precision.
typedef enum {
  SEQK_FLOAT32 = 0,     ///< single precision
  SEQK_BFLOAT16X3 = 1,  ///< each number as the sum of two bf16, products of three of their four
  SEQK_BFLOAT16 = 2     ///< each number rounded to bf16
} seqk_precision;

/// The kernels of one CPU level and precision.
typedef struct {
  const char *_Nonnull name;
  /// bf16 numbers that stand for one number in a packed matrix: 0 in single precision, else 1 or 2.
  size_t planes;
  /// Columns of a full panel of a packed matrix.
  size_t panel;
  /// Columns of the narrowest panel: packed widths are multiples of it.
  size_t lanes;

  /// Packs B [k, n] into panels of columns; `transposed`: the source is Bᵀ, stored [n, k].
  /// `packed` has room for seqk_packed_size(k, n) floats.
  void (*_Nonnull pack)(size_t k, size_t n, const float *_Nonnull b, size_t ldb, bool transposed, float *_Nonnull packed);
  /// Packs Uᵀ for the steps of a cell: U is [gates · hidden, k]. `packed` has room for seqk_gates_size(…) floats.
  void (*_Nonnull pack_gates)(size_t k, size_t hidden, size_t gates, const float *_Nonnull u, size_t ldu,
                              float *_Nonnull packed);
  /// C [m, n] = start + A [m, k] · B, B packed. `start` may be C itself, a bias (`lds` 0: one row for all), or null for 0.
  void (*_Nonnull product)(size_t m, size_t n, size_t k, const float *_Nonnull a, size_t lda,
                           const float *_Nonnull packed, const float *_Nullable start, size_t lds, float *_Nonnull c,
                           size_t ldc);
  /// C [m, n] (+)= Aᵀ · B over k rows of A [·, m] and B [·, n]: the first ones, or those that `a_rows` and `b_rows` name.
  void (*_Nonnull transposed_product)(size_t m, size_t n, size_t k, const float *_Nonnull a, size_t lda,
                                      const int32_t *_Nullable a_rows, const float *_Nonnull b, size_t ldb,
                                      const int32_t *_Nullable b_rows, float *_Nonnull c, size_t ldc, bool accumulate);

  /// One step of a cell, forward and backward.
  void (*_Nonnull elman)(const seqk_cell_step *_Nonnull step);
  void (*_Nonnull elman_backward)(const seqk_cell_gradient *_Nonnull step);
  void (*_Nonnull lstm)(const seqk_cell_step *_Nonnull step);
  void (*_Nonnull lstm_backward)(const seqk_cell_gradient *_Nonnull step);
  void (*_Nonnull gru)(const seqk_cell_step *_Nonnull step);
  void (*_Nonnull gru_backward)(const seqk_cell_gradient *_Nonnull step);

  /// Attention, forward and backward; `step` is what the forward call had.
  void (*_Nonnull attend)(const seqk_attention *_Nonnull step);
  void (*_Nonnull attend_backward)(const seqk_attention *_Nonnull step, const seqk_attention_gradient *_Nonnull gradient);

  /// Linear chains of tags: a step back, the two halves of a step on, a step of Viterbi's search.
  void (*_Nonnull chain_messages)(const seqk_chain_messages *_Nonnull step);
  void (*_Nonnull chain_departures)(const seqk_chain_masses *_Nonnull step);
  void (*_Nonnull chain_arrivals)(const seqk_chain_masses *_Nonnull step);
  void (*_Nonnull chain_best)(const seqk_chain_best *_Nonnull step);
  /// y = exp(x − shift) of what is at most 87, and 0 below exp(−87).
  void (*_Nonnull exponentials)(size_t n, float shift, const float *_Nonnull x, float *_Nonnull y);

  /// Rows of scores become probabilities.
  void (*_Nonnull softmax)(size_t rows, size_t classes, float *_Nonnull x, size_t ldx);
  /// Rows of scores become ∂L/∂scores; returns the summed loss times `scale`. A negative label costs nothing.
  double (*_Nonnull cross_entropy)(size_t rows, size_t classes, float *_Nonnull x, size_t ldx,
                                   const int32_t *_Nonnull labels, const float *_Nullable class_weights,
                                   float smoothing, double scale);
  /// y = tanh(x).
  void (*_Nonnull tanh)(size_t n, const float *_Nonnull x, float *_Nonnull y);
  /// y = 1 / (1 + exp(−x)).
  void (*_Nonnull sigmoid)(size_t n, const float *_Nonnull x, float *_Nonnull y);

  /// y += x.
  void (*_Nonnull add)(size_t n, const float *_Nonnull x, float *_Nonnull y);
  /// y += a · x.
  void (*_Nonnull add_scaled)(size_t n, float a, const float *_Nonnull x, float *_Nonnull y);
  /// y (+)= column sums of X [rows, n].
  void (*_Nonnull column_sums)(size_t rows, size_t n, const float *_Nonnull x, size_t ldx, float *_Nonnull y, bool accumulate);
  /// Σ x · y.
  float (*_Nonnull dot)(size_t n, const float *_Nonnull x, const float *_Nonnull y);
  /// Σ x², summed in double precision.
  double (*_Nonnull sum_squares)(size_t n, const float *_Nonnull x);
  /// y = x · m, with m = 0 with probability `rate`, else 1 / (1 − rate); m depends on `seed` and the position alone.
  void (*_Nonnull dropout)(size_t n, float rate, uint64_t seed, const float *_Nonnull x, float *_Nonnull mask, float *_Nonnull y);
  /// y = x · m.
  void (*_Nonnull multiply)(size_t n, const float *_Nonnull x, const float *_Nonnull m, float *_Nonnull y);

  /// Operations on the elements of rows, for cells without kernels of their own. Where a factor's leading dimension is 0,
  /// its one row stands for all. An output may be one of the inputs.
  /// y = σ(x) and y = tanh(x), as the gates of the cells' own kernels have them.
  void (*_Nonnull gate_sigmoid)(size_t rows, size_t n, const float *_Nonnull x, size_t ldx, float *_Nonnull y, size_t ldy);
  void (*_Nonnull gate_tanh)(size_t rows, size_t n, const float *_Nonnull x, size_t ldx, float *_Nonnull y, size_t ldy);
  /// x = d · y · (1 − y), the way back through y = σ(…), and x = d · (1 − y²), through y = tanh(…).
  void (*_Nonnull sigmoid_gradient)(size_t rows, size_t n, const float *_Nonnull d, size_t ldd, const float *_Nonnull y,
                                    size_t ldy, float *_Nonnull x, size_t ldx);
  void (*_Nonnull tanh_gradient)(size_t rows, size_t n, const float *_Nonnull d, size_t ldd, const float *_Nonnull y,
                                 size_t ldy, float *_Nonnull x, size_t ldx);
  /// y = x · m.
  void (*_Nonnull multiply_rows)(size_t rows, size_t n, const float *_Nonnull x, size_t ldx, const float *_Nonnull m,
                                 size_t ldm, float *_Nonnull y, size_t ldy);
  /// y += a · x · m.
  void (*_Nonnull multiply_add_rows)(size_t rows, size_t n, float a, const float *_Nonnull x, size_t ldx,
                                     const float *_Nonnull m, size_t ldm, float *_Nonnull y, size_t ldy);
  /// y = a + z · (b − a).
  void (*_Nonnull blend)(size_t rows, size_t n, const float *_Nonnull z, size_t ldz, const float *_Nonnull a, size_t lda,
                         const float *_Nonnull b, size_t ldb, float *_Nonnull y, size_t ldy);
  /// y (+)= column sums of X · M over `rows` rows of each: the first ones, or those that `x_rows` and `m_rows` name.
  void (*_Nonnull product_sums)(size_t rows, size_t n, const float *_Nonnull x, size_t ldx, const int32_t *_Nullable x_rows,
                                const float *_Nonnull m, size_t ldm, const int32_t *_Nullable m_rows, float *_Nonnull y,
                                bool accumulate);
  /// Each row less its mean and over its deviation: y = (x − μ) i with i = 1 / √(σ² + ε); `inverse` keeps i.
  void (*_Nonnull normalize)(size_t rows, size_t n, float epsilon, const float *_Nonnull x, size_t ldx, float *_Nonnull y,
                             size_t ldy, float *_Nonnull inverse, size_t ldi);
  /// The way back through that: x = i (d − mean of d − y · mean of d · y).
  void (*_Nonnull normalize_gradient)(size_t rows, size_t n, const float *_Nonnull d, size_t ldd, const float *_Nonnull y,
                                      size_t ldy, const float *_Nonnull inverse, size_t ldi, float *_Nonnull x,
                                      size_t ldx);

  /// One optimiser step on `n` weights. `m`, `v` and `w` are the rule's moments (null if it has none).
  void (*_Nonnull update)(seqk_rule rule, size_t n, const seqk_step *_Nonnull step, float *_Nonnull weights,
                          const float *_Nonnull gradient, float *_Nullable m, float *_Nullable v, float *_Nullable w);
  /// `count` optimiser steps, one after the other, on `n` weights whose gradient is 0 in all of them: the bits of as
  /// many calls of `update`.
  void (*_Nonnull replay)(seqk_rule rule, size_t n, size_t count, const seqk_step *_Nonnull steps,
                          float *_Nonnull weights, float *_Nullable m, float *_Nullable v, float *_Nullable w);
} seqk_table;

/// The table of a level, or null if there is no such level, or this CPU lacks it, or the level lacks the precision.
///
/// `generic`, `avx2` and `avx512` have single precision only. `amx` has all; in single precision it is `avx512`.
/// `amx-emulated` computes the products of `amx` as documented, on any CPU and slowly, and all else as the best other level
/// does: it is for checks. So is `amx-emulated-generic`, which is the same without AVX2.
const seqk_table *_Nullable seqk_level(const char *_Nonnull name, seqk_precision precision);

/// The table in use: that of the level that `SEQTOOL_CPU` names if this CPU has it, else of the best one. Null if this
/// level lacks the precision; single precision is always there. An emulation is never chosen unnamed.
const seqk_table *_Nullable seqk_active(seqk_precision precision);

/// Columns that `n` columns take when packed at a level in single precision.
static inline size_t seqk_packed_width(const seqk_table *_Nonnull t, size_t n) { return (n + t->lanes - 1) / t->lanes * t->lanes; }

/// Floats of room that a packed matrix [k, n] takes.
static inline size_t seqk_packed_size(const seqk_table *_Nonnull t, size_t k, size_t n) {
  return t->planes ? t->planes * ((k + 31) / 32) * ((n + 15) / 16) * 256 : k * seqk_packed_width(t, n);
}

/// Columns that `hidden` units of `gates` gates take when packed by `pack_gates` at a level in single precision.
static inline size_t seqk_gates_width(const seqk_table *_Nonnull t, size_t hidden, size_t gates) {
  size_t units = gates == 1 ? 2 * t->lanes : t->lanes;
  return (hidden + units - 1) / units * units * gates;
}

/// Floats of room that Uᵀ [k, gates · hidden] takes when packed by `pack_gates`.
static inline size_t seqk_gates_size(const seqk_table *_Nonnull t, size_t k, size_t hidden, size_t gates) {
  size_t tiles = gates == 1 ? (hidden + 63) / 64 * 4 : (hidden + 15) / 16 * gates;
  return t->planes ? t->planes * ((k + 31) / 32) * tiles * 256 : k * seqk_gates_width(t, hidden, gates);
}
