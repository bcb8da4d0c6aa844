// How fast the kernels are on one thread, beside the peak of the machine.
#pragma once
#include <stdbool.h>
#include <stddef.h>

/// A kernel at one size, and what it reached.
typedef struct {
  const char *_Nonnull kernel;
  /// [rows, depth] · [depth, columns].
  size_t rows, columns, depth;
  /// Float operations a second, the best of the rounds.
  double rate;
} kernel_rate;

/// Whether this build and this CPU have a level that computes in a precision: `float32`, `bfloat16x3` or `bfloat16`.
bool kernel_level_exists(const char *_Nonnull level, const char *_Nonnull precision);

/// Sizes that `kernel_rates` measures.
size_t kernel_rate_count(void);

/// Measures every kernel of a level and precision for `seconds` a round, in turns with the machine's peak.
///
/// `rates` has room for `kernel_rate_count()`. Returns the peak: float operations a second, the best of the rounds.
double kernel_rates(const char *_Nonnull level, const char *_Nonnull precision, int rounds, double seconds, kernel_rate *_Nonnull rates);
