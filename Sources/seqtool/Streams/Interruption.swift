import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The first INT, TERM or HUP asks the fit to save and stop; the second ends the process.
enum Interruption {
  /// The signal that came, or 0.
  private static let received = Atomic<Int32>(0)

  static func listen() {
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
      signal(number) { number in
        Interruption.received.store(number, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  /// Whether whoever started the process wants the signal ignored, as `nohup` does.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Glibc) || canImport(Musl)
      return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #else
      return unsafe unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #endif
  }

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// What a shell reports of a process ended by the signal.
  static var exitStatus: Int32 { 128 + received.load(ordering: .relaxed) }
}
