// What the machine could do at best: a loop of multiplications and additions that never leaves the registers.
#pragma once

/// Seconds of a clock that never goes back.
double peak_now(void);

/// Operations a second of one thread at a CPU level, a product and a sum counted as two; measured for about `seconds`.
/// `generic`, `avx2` and `avx512` are in single precision, `amx` is bf16 products with sums in single precision. 0 if this
/// build has no such level. The CPU must have it, and for `amx` the process must have been given leave.
double machine_peak(const char *_Nonnull level, double seconds);
