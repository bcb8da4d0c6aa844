#include "CSeqThreads.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

typedef struct {
  void (*body)(void *);
  void *context;
} job;

static void *run(void *given) {
  job j = *(job *)given;
  free(given);
  j.body(j.context);
  return NULL;
}

int seqt_detach(void (*body)(void *), void *context) {
  job *j = malloc(sizeof *j);
  if (!j) return ENOMEM;
  *j = (job){body, context};
  pthread_attr_t attributes;
  int status = pthread_attr_init(&attributes);
  if (!status) {
    pthread_t thread;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    // Some systems give a thread much less than the first one has.
    pthread_attr_setstacksize(&attributes, 8 << 20);
    status = pthread_create(&thread, &attributes, run, j);
    pthread_attr_destroy(&attributes);
  }
  if (status) free(j);
  return status;
}
