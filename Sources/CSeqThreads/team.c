#include "CSeqThreads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

struct seqt_team {
  size_t width, started;
  pthread_t *threads;

  // One run. Written by the caller while no task is left, read by whoever has taken a task.
  void (*task)(void *, size_t);
  void *context;
  size_t count;
  atomic_size_t done;

  // The number of the run in the upper half, the tasks that nobody has taken in the lower one. Both in one word, so that
  // a worker that comes late takes no task of another run, and the caller need not wait for it.
  atomic_uint_least64_t ticket;
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

static void take_tasks(seqt_team *t) {
  uint_least64_t ticket = atomic_load(&t->ticket);
  while ((uint32_t)ticket) {
    if (!atomic_compare_exchange_weak(&t->ticket, &ticket, ticket - 1)) continue;
    t->task(t->context, t->count - (uint32_t)ticket);
    atomic_fetch_add_explicit(&t->done, 1, memory_order_release);
    ticket = atomic_load(&t->ticket);
  }
}

static bool has_work(seqt_team *t, uint32_t seen) {
  return atomic_load(&t->ticket) >> 32 != seen || atomic_load(&t->stop);
}

static void wait_for_work(seqt_team *t, uint32_t seen) {
  for (int i = 0; i < SPINS; i++) {
    if (has_work(t, seen)) return;
    pause_cpu();
  }
  pthread_mutex_lock(&t->lock);
  atomic_fetch_add(&t->sleeping, 1);
  while (!has_work(t, seen)) pthread_cond_wait(&t->go, &t->lock);
  atomic_fetch_sub(&t->sleeping, 1);
  pthread_mutex_unlock(&t->lock);
}

static void *work(void *argument) {
  seqt_team *t = argument;
  for (uint32_t seen = 0;;) {
    wait_for_work(t, seen);
    if (atomic_load(&t->stop)) return NULL;
    seen = (uint32_t)(atomic_load(&t->ticket) >> 32);
    take_tasks(t);
  }
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
  pthread_mutex_init(&t->lock, NULL);
  pthread_cond_init(&t->go, NULL);
  if (t->threads) return t;
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
  free(t);
}

void seqt_team_run(seqt_team *t, size_t count, void (*task)(void *, size_t), void *context) {
  if (t->width == 1 || count < 2 || count > UINT32_MAX) {
    for (size_t i = 0; i < count; i++) task(context, i);
    return;
  }
  start(t);
  t->task = task;
  t->context = context;
  t->count = count;
  atomic_store_explicit(&t->done, 0, memory_order_relaxed);
  uint_least64_t run = (atomic_load(&t->ticket) >> 32) + 1;
  atomic_store(&t->ticket, run << 32 | count);
  wake(t);
  take_tasks(t);
  for (int i = 0; atomic_load_explicit(&t->done, memory_order_acquire) < count; i++)
    if (i < SPINS) pause_cpu();
    else sched_yield();
}
