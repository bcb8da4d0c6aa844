import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the limits of the system do to a command: an error in a line and a status rather than a signal.
enum ResourceLimits {
  /// The status of a process that gets no more memory, as of a fault of ours.
  private static let noMemory: Int32 = 70

  /// Lets a write beyond the file-size limit (`ulimit -f`) fail as on a full disk, and ends the process in an orderly
  /// way if there is no memory.
  static func areErrors() {
    signal(SIGXFSZ, SIG_IGN)
    OutOfMemory.ends { bytes in
      Terminal.error.line("error: out of memory: the system refuses \(MachineMemory.text(bytes)) more", style: .red)
      Unfinished.discardAll { _exit(noMemory) }
    }
    // Swift's library says what it could not allocate, and aborts.
    signal(SIGABRT) { _ in
      let line: StaticString = "error: out of memory, or a fault of seqtool: the lines above say which\n"
      _ = unsafe write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
      _exit(ResourceLimits.noMemory)
    }
  }
}
