import SeqCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Handles INT, TERM and HUP for a command that writes. A separate thread waits for them, because a signal handler may
/// only do very little.
enum Interruption {
  /// The signal that came while one was awaited, or 0.
  private static let received = Atomic<Int32>(0)
  private static let isSaving = Atomic<Bool>(false)
  private static let numbers = [SIGINT, SIGTERM, SIGHUP].filter { !isIgnored($0) }
  private static let watcher: Void = startWatching()

  /// From now on, such a signal removes unfinished files and ends the process.
  static func clearsAway() { _ = watcher }

  /// From now on, the first such signal asks the fit to save and stop; only the second one ends the process.
  static func isAwaited() {
    clearsAway()
    isSaving.store(true, ordering: .relaxed)
  }

  static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// The status that a shell reports for a process ended by the signal.
  static var exitStatus: Int32 { 128 + received.load(ordering: .relaxed) }

  /// Blocks the signals in this thread and in those that it will start, and starts the thread that waits for them.
  private static func startWatching() {
    mask(SIG_BLOCK)
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let status = unsafe pthread_create(&thread, nil, { _ in Interruption.watch() }, nil)
    if status != 0 { mask(SIG_UNBLOCK) }
  }

  private static func watch() -> Never {
    var awaited = signalSet()
    while true {
      var number: Int32 = 0
      guard unsafe sigwait(&awaited, &number) == 0 else { continue }
      let isFirst = received.compareExchange(expected: 0, desired: number, ordering: .relaxed).exchanged
      if isFirst, isSaving.load(ordering: .relaxed) { continue }
      Unfinished.discardAll { end(by: number) }
    }
  }

  /// Ends the process as the signal itself would.
  private static func end(by number: Int32) -> Never {
    signal(number, SIG_DFL)
    mask(SIG_UNBLOCK)
    raise(number)
    _exit(128 + number)
  }

  private static func mask(_ how: Int32) {
    var set = signalSet()
    _ = unsafe pthread_sigmask(how, &set, nil)
  }

  private static func signalSet() -> sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in numbers { unsafe sigaddset(&set, number) }
    return set
  }

  /// Whether the process was started with the signal ignored, as by `nohup`.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Glibc) || canImport(Musl)
      return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #else
      return unsafe unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #endif
  }
}
