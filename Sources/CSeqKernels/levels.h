#pragma once
#include "CSeqKernels.h"

#include <math.h>
#include <string.h>

// The kernel hands out the tile registers on request, which other systems do not.
#if defined(__x86_64__) && defined(__linux__)
#define SEQK_AMX 1
#endif

extern const seqk_table seqk_generic;
#if defined(__x86_64__)
extern const seqk_table seqk_avx2, seqk_avx512;
#endif

// Each puts the products of a precision into a table: bfloat16 with one plane, bfloat16x3 with two.
void seqk_use_emulated_generic(seqk_table *table, size_t planes);
#if defined(__x86_64__)
void seqk_use_emulated_avx2(seqk_table *table, size_t planes);
#endif
#if defined(SEQK_AMX)
void seqk_use_amx(seqk_table *table, size_t planes);
#endif
