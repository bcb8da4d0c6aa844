import CSeqThreads

/// Long work on a thread of its own, so that it blocks no thread of Swift's concurrency.
package enum DetachedThread {
  /// Runs `body` on a new thread and returns at once. Where the system refuses a thread, the caller's does the work.
  package static func run(_ body: @escaping @Sendable () -> Void) {
    let job = Job(body)
    let context = unsafe Unmanaged.passRetained(job)
    let status = unsafe seqt_detach(
      { context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body()
      }, context.toOpaque())
    guard status != 0 else { return }
    unsafe context.release()
    body()
  }

  private final class Job: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
