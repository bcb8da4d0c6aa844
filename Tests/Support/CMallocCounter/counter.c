// Counts allocations by standing in for glibc's allocator. Test support only: never linked into the product.
#include "CMallocCounter.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

#if defined(__linux__) && defined(__GLIBC__) && !__has_feature(thread_sanitizer) && !__has_feature(address_sanitizer)
static atomic_uint_least64_t count;
static _Thread_local uint64_t thread_count;
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void bump(void) {
  atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
  thread_count++;
}

void *malloc(size_t size) { bump(); return __libc_malloc(size); }
void *calloc(size_t n, size_t size) { bump(); return __libc_calloc(n, size); }
void *realloc(void *p, size_t size) { bump(); return __libc_realloc(p, size); }
void *aligned_alloc(size_t alignment, size_t size) { bump(); return __libc_memalign(alignment, size); }
int posix_memalign(void **p, size_t alignment, size_t size) {
  bump();
  *p = __libc_memalign(alignment, size);
  return *p ? 0 : ENOMEM;
}
uint64_t malloc_counter_value(void) { return atomic_load_explicit(&count, memory_order_relaxed); }
uint64_t malloc_counter_thread_value(void) { return thread_count; }
#else
uint64_t malloc_counter_value(void) { return 0; }
uint64_t malloc_counter_thread_value(void) { return 0; }
#endif
