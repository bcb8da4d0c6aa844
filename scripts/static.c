// Part of the static command only: what Swift's runtime else reads from /proc, which an empty container does not have.
#define _GNU_SOURCE
#include <dlfcn.h>

__attribute__((swiftcall)) void _swift_stdlib_overrideUnsafeArgvArgc(char **argv, int argc);

/// Gives the runtime the command line; glibc hands it to constructors.
__attribute__((constructor)) static void hand_on_arguments(int argc, char **argv) {
  _swift_stdlib_overrideUnsafeArgvArgc(argv, argc);
}

/// Takes the place of glibc's, which knows no file in a program without a loader. The runtime asks it for its own path
/// when it starts, so as to find swift-backtrace beside it, and ends the process if it gets none. The static command has
/// no swift-backtrace, so any path in a folder that only the administrator writes to will do.
int dladdr(const void *address, Dl_info *info) {
  (void)address;
  *info = (Dl_info){.dli_fname = "/seqtool"};
  return 1;
}
