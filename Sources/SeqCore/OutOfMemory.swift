import Synchronization

/// What happens when the system gives no more memory for numbers: nothing can go on then.
public enum OutOfMemory {
  private static let handler = Mutex<(@Sendable (Int) -> Never)?>(nil)

  /// Has `handler` end the process; it gets the bytes that were asked for. Without one, the process traps.
  public static func ends(by handler: @escaping @Sendable (Int) -> Never) { Self.handler.withLock { $0 = handler } }

  /// Ends the process, as the system has refused so many bytes.
  package static func end(_ bytes: Int) -> Never {
    if let handler = handler.withLock({ $0 }) { handler(bytes) }
    fatalError("out of memory: the system refuses \(bytes) bytes")
  }
}
