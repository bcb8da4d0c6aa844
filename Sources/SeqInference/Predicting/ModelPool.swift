import SeqCore
import SeqModel
import SeqTensor
import Synchronization

/// Engines that share the weights of one model, so that many tasks can use it at once.
///
/// An engine, with its buffers and threads, serves one call at a time and is kept for the next. As many are made as calls
/// overlap.
package final class ModelPool<Engine>: Sendable {
  /// An engine that nobody uses, with its number of threads. Only its owner of the moment touches it.
  private struct Idle: @unchecked Sendable {
    let engine: Engine
    let threads: Int
  }

  private let idle = Mutex<[Idle]>([])
  private let make: @Sendable (_ threads: Int) -> Engine

  /// - Parameter make: an engine of so many threads.
  package init(_ make: @escaping @Sendable (_ threads: Int) -> Engine) { self.make = make }

  /// Calls `body` with an engine that it has for itself.
  /// - Parameter threads: that work on the call; its results do not depend on them.
  package func use<Result, Failure: Error>(
    threads: Int, _ body: (Engine) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let taken = idle.withLock { idle in
      idle.lastIndex { $0.threads == threads }.map { idle.remove(at: $0) }
    }
    let engine = taken ?? Idle(engine: make(threads), threads: threads)
    // One engine with many threads is enough to keep, and of those with one thread as many as can work at a time.
    let most = threads > 1 ? 1 : WorkerTeam.processors
    defer {
      idle.withLock { idle in if idle.count(where: { $0.threads == threads }) < most { idle.append(engine) } }
    }
    return try body(engine.engine)
  }
}
