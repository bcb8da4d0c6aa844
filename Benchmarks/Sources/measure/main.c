// measure RUNS OUTPUT COMMAND…: runs a command and reports, for each run, a line of JSON on standard output: wall-clock
// seconds, the greatest resident memory in bytes, and the exit status. What the command writes goes to the file OUTPUT.
//
// A small process of its own: the memory of a child is never less than that of the process that forks it, and starting
// a child from a script costs as much as what is measured here.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

#ifdef __APPLE__
enum { MAXRSS_UNIT = 1 };
#else
enum { MAXRSS_UNIT = 1024 };
#endif

static int run(const char *output, char **command) {
  double start = now();
  pid_t child = fork();
  if (child < 0) return perror("measure: fork"), 71;
  if (child == 0) {
    // Each run reads the whole input, if it is a file.
    lseek(STDIN_FILENO, 0, SEEK_SET);
    int file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file < 0 || dup2(file, STDOUT_FILENO) < 0) perror(output), _exit(74);
    execvp(*command, command);
    perror(*command);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) < 0) return perror("measure: wait"), 71;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  printf("{\"seconds\": %.6f, \"peakBytes\": %lld, \"status\": %d}\n", now() - start,
         (long long)usage.ru_maxrss * MAXRSS_UNIT, code);
  fflush(stdout);
  return code;
}

int main(int count, char **arguments) {
  int runs = count > 3 ? atoi(arguments[1]) : 0;
  if (runs < 1) return fputs("usage: measure RUNS OUTPUT COMMAND…\n", stderr), 64;
  for (int i = 0; i < runs; i++) {
    int code = run(arguments[2], arguments + 3);
    if (code) return code;
  }
  return 0;
}
