#pragma once
#include "CSeqKernels.h"

#include <math.h>
#include <string.h>

extern const seqk_table seqk_generic;
#if defined(__x86_64__)
extern const seqk_table seqk_avx2, seqk_avx512;
#endif
