import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The first INT or TERM asks the fit to save and stop; the second ends the process.
enum Interruption {
  /// The signal that came, or 0.
  private static let received = Atomic<Int32>(0)

  static func listen() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interruption.received.store(number, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// What a shell reports of a process ended by the signal.
  static var exitStatus: Int32 { 128 + received.load(ordering: .relaxed) }
}
