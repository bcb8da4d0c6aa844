#if defined(__linux__)
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
#elif defined(__APPLE__)
#include <stdio.h>
#endif
#include <errno.h>

#include "CSeqFiles.h"

int seqf_exchange(const char *a, const char *b) {
#if defined(__linux__) && defined(SYS_renameat2)
  // By its number: musl and older versions of glibc have no function for it. 2 is RENAME_EXCHANGE.
  return (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 2u);
#elif defined(__APPLE__)
  return renamex_np(a, b, RENAME_SWAP);
#else
  (void)a;
  (void)b;
  errno = ENOTSUP;
  return -1;
#endif
}
