#include "CSeqThreads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// One run of numbered tasks. Its fields are written by its caller while no task is left, and read by whoever has taken one.
typedef struct {
  // The number of the run in the upper half, the tasks that nobody has taken in the lower one. Both in one word, so that
  // a thread that comes late takes no task of another run.
  _Alignas(64) atomic_uint_least64_t ticket;
  atomic_size_t done;
  atomic_bool claimed;
  void (*task)(void *, size_t);
  void *context;
  size_t count;
} run;

// A task may run tasks of its own: threads that have nothing else to do help. Deeper ones are done by their thread.
enum { MAX_DEPTH = 2 };
static _Thread_local int depth;

struct seqt_team {
  size_t width, started;
  pthread_t *threads;
  // One for the caller's run and one for each thread's inner run.
  run *runs;
  size_t run_count;
  atomic_bool stop;
  pthread_mutex_t lock;
  pthread_cond_t go;
  atomic_size_t sleeping;
};

// Between 100 µs and 1 ms, by the CPU's pause: a batch is a few fork-joins a millisecond, so that a worker rarely sleeps within one.
enum { SPINS = 20000 };

static inline void pause_cpu(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Takes tasks of a run until none is left. Returns whether there were any.
static bool take_tasks(run *r) {
  bool any = false;
  uint_least64_t ticket = atomic_load(&r->ticket);
  while ((uint32_t)ticket) {
    if (!atomic_compare_exchange_weak(&r->ticket, &ticket, ticket - 1)) continue;
    any = true;
    depth++;
    r->task(r->context, r->count - (uint32_t)ticket);
    depth--;
    atomic_fetch_add_explicit(&r->done, 1, memory_order_release);
    ticket = atomic_load(&r->ticket);
  }
  return any;
}

static bool take_any(seqt_team *t) {
  bool any = false;
  for (size_t i = 0; i < t->run_count; i++) any |= take_tasks(&t->runs[i]);
  return any;
}

static bool has_work(seqt_team *t) {
  for (size_t i = 0; i < t->run_count; i++)
    if ((uint32_t)atomic_load(&t->runs[i].ticket)) return true;
  return atomic_load(&t->stop);
}

static void wait_for_work(seqt_team *t) {
  for (int i = 0; i < SPINS; i++) {
    if (has_work(t)) return;
    pause_cpu();
  }
  pthread_mutex_lock(&t->lock);
  atomic_fetch_add(&t->sleeping, 1);
  while (!has_work(t)) pthread_cond_wait(&t->go, &t->lock);
  atomic_fetch_sub(&t->sleeping, 1);
  pthread_mutex_unlock(&t->lock);
}

static void *work(void *argument) {
  seqt_team *t = argument;
  while (!atomic_load(&t->stop)) {
    wait_for_work(t);
    take_any(t);
  }
  return NULL;
}

static void wake(seqt_team *t) {
  if (!atomic_load(&t->sleeping)) return;
  pthread_mutex_lock(&t->lock);
  pthread_cond_broadcast(&t->go);
  pthread_mutex_unlock(&t->lock);
}

seqt_team *seqt_team_create(size_t width) {
  seqt_team *t = calloc(1, sizeof *t);
  if (!t) return NULL;
  t->width = width;
  t->started = 1;
  t->threads = calloc(width, sizeof *t->threads);
  t->run_count = width + 1;
  t->runs = aligned_alloc(_Alignof(run), t->run_count * sizeof(run));
  if (t->runs) memset(t->runs, 0, t->run_count * sizeof(run));
  pthread_mutex_init(&t->lock, NULL);
  pthread_cond_init(&t->go, NULL);
  if (t->threads && t->runs) return t;
  seqt_team_destroy(t);
  return NULL;
}

// Where the system refuses a thread, those that there are do the work.
static void start(seqt_team *t) {
  while (t->started < t->width)
    if (pthread_create(&t->threads[t->started], NULL, work, t)) t->width = t->started;
    else t->started++;
}

void seqt_team_destroy(seqt_team *t) {
  pthread_mutex_lock(&t->lock);
  atomic_store(&t->stop, true);
  pthread_cond_broadcast(&t->go);
  pthread_mutex_unlock(&t->lock);
  for (size_t i = 1; i < t->started; i++) pthread_join(t->threads[i], NULL);
  pthread_mutex_destroy(&t->lock);
  pthread_cond_destroy(&t->go);
  free(t->threads);
  free(t->runs);
  free(t);
}

static run *claim(seqt_team *t) {
  for (size_t i = 0; i < t->run_count; i++)
    if (!atomic_exchange(&t->runs[i].claimed, true)) return &t->runs[i];
  return NULL;
}

void seqt_team_run(seqt_team *t, size_t count, void (*task)(void *, size_t), void *context) {
  run *r = t->width > 1 && count > 1 && count <= UINT32_MAX && depth < MAX_DEPTH ? claim(t) : NULL;
  if (!r) {
    for (size_t i = 0; i < count; i++) task(context, i);
    return;
  }
  if (!depth) start(t);
  r->task = task;
  r->context = context;
  r->count = count;
  atomic_store_explicit(&r->done, 0, memory_order_relaxed);
  uint_least64_t number = (atomic_load(&r->ticket) >> 32) + 1;
  atomic_store(&r->ticket, number << 32 | count);
  wake(t);
  take_tasks(r);
  // Who waits within a task helps nobody: it might take one that is longer than what it waits for.
  for (int i = 0; atomic_load_explicit(&r->done, memory_order_acquire) < count;)
    if (!depth && take_any(t)) i = 0;
    else if (i++ < SPINS) pause_cpu();
    else sched_yield();
  atomic_store(&r->claimed, false);
}
