#include "CSeqThreads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct seqt_team {
  size_t width, started;
  pthread_t *threads;

  // One run. Written by the caller before `generation` moves, read by the workers after they see it move.
  void (*task)(void *, size_t);
  void *context;
  size_t count;
  atomic_size_t next;     // the next task that nobody has taken
  atomic_size_t working;  // workers that have not yet finished this run

  atomic_ulong generation;
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
  for (;;) {
    size_t i = atomic_fetch_add_explicit(&t->next, 1, memory_order_relaxed);
    if (i >= t->count) return;
    t->task(t->context, i);
  }
}

static bool has_work(seqt_team *t, unsigned long seen) {
  return atomic_load(&t->generation) != seen || atomic_load(&t->stop);
}

static void wait_for_work(seqt_team *t, unsigned long seen) {
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
  for (unsigned long seen = 0;; seen++) {
    wait_for_work(t, seen);
    if (atomic_load(&t->stop)) return NULL;
    take_tasks(t);
    atomic_fetch_sub_explicit(&t->working, 1, memory_order_release);
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
  t->threads = calloc(width, sizeof *t->threads);
  pthread_mutex_init(&t->lock, NULL);
  pthread_cond_init(&t->go, NULL);
  for (t->started = 1; t->threads && t->started < width; t->started++)
    if (pthread_create(&t->threads[t->started], NULL, work, t)) break;
  if (t->threads && t->started == width) return t;
  seqt_team_destroy(t);
  return NULL;
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
  if (t->width == 1 || count < 2) {
    for (size_t i = 0; i < count; i++) task(context, i);
    return;
  }
  t->task = task;
  t->context = context;
  t->count = count;
  atomic_store_explicit(&t->next, 0, memory_order_relaxed);
  atomic_store_explicit(&t->working, t->width - 1, memory_order_relaxed);
  atomic_fetch_add(&t->generation, 1);
  wake(t);
  take_tasks(t);
  for (int i = 0; atomic_load_explicit(&t->working, memory_order_acquire); i++)
    if (i < SPINS) pause_cpu();
    else sched_yield();
}
