// A fork-join team of threads.
#pragma once
#include <stddef.h>

/// A fixed team of threads; worker 0 is the caller of `seqt_team_run`.
typedef struct seqt_team seqt_team;

/// A team of `width`, the caller included. Returns null if there is no memory.
seqt_team *_Nullable seqt_team_create(size_t width);
/// Ends and joins the threads.
void seqt_team_destroy(seqt_team *_Nonnull team);
/// Calls `task(context, i)` once for each i in 0..<count, on any of the threads, and returns when all have returned.
/// A task may itself call this: threads without work help. The first run of several tasks starts the threads; later ones
/// allocate nothing.
void seqt_team_run(seqt_team *_Nonnull team, size_t count, void (*_Nonnull task)(void *_Nullable context, size_t i),
                   void *_Nullable context);

/// Processors that this process may use, as far as the system tells; at least 1.
size_t seqt_processors(void);

/// Calls `body(context)` once on a thread of its own, which nobody waits for, with a stack of 8 MiB. Returns 0, or the
/// system's error number if it refuses the thread.
int seqt_detach(void (*_Nonnull body)(void *_Nullable context), void *_Nullable context);
