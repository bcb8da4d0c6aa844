#pragma once
#include <stdint.h>

/// Allocations made so far by the calling thread and by every other; always 0 where malloc cannot be replaced.
uint64_t malloc_counter_value(void);

/// Those of the calling thread alone, whatever tests run beside it.
uint64_t malloc_counter_thread_value(void);
