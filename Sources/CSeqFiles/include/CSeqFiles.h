#ifndef C_SEQ_FILES_H
#define C_SEQ_FILES_H

/// What the C library offers to no other language: see the functions' own notes.

/// Exchanges two files or folders in one step, so that each path has the one or the other at any time.
/// Returns 0, or −1 with errno set; ENOTSUP where the system cannot do that.
int seqf_exchange(const char *a, const char *b);

#endif
