import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Turns the limits of the system into error messages and exit statuses instead of signals.
enum ResourceLimits {
  /// The exit status of a process without memory, the same as for a bug of ours.
  private static let noMemory: Int32 = 70

  /// Lets a write beyond the file-size limit (`ulimit -f`) fail as on a full disk, and ends the process cleanly if
  /// there is no memory.
  static func areErrors() {
    signal(SIGXFSZ, SIG_IGN)
    OutOfMemory.ends { bytes in
      Terminal.error.line("error: out of memory: the system refuses \(MachineMemory.text(bytes)) more", style: .red)
      Unfinished.discardAll { _exit(noMemory) }
    }
    // Swift's library reports what it could not allocate, and aborts.
    signal(SIGABRT) { _ in
      let line: StaticString = "error: out of memory, or a fault of seqtool: the lines above say which\n"
      _ = unsafe write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
      _exit(ResourceLimits.noMemory)
    }
  }
}
