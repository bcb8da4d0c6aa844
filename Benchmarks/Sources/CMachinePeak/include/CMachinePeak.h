// What the machine could do at best: a loop of multiplications and additions that never leaves the registers.
#pragma once

/// Seconds of a clock that never goes back.
double peak_now(void);

/// Float operations a second of one thread at a CPU level (`generic`, `avx2`, `avx512`), a product and a sum counted as
/// two; measured for about `seconds`. 0 if this build has no such level. The CPU must have it.
double machine_peak(const char *_Nonnull level, double seconds);
