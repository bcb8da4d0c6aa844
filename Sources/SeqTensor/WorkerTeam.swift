import CSeqThreads

/// A fixed team of threads that share out numbered tasks.
///
/// Numeric memory (`FloatBuffer`, `Matrix`, a layer's pass) is shared without locks by this rule: during `run`, two
/// tasks never write the same element and none reads what another writes; between runs only the caller touches it.
/// Which thread takes which task is left open, so a task's result must depend on its number alone. That is what makes
/// the bits of a model independent of the number of threads.
@safe
package final class WorkerTeam: @unchecked Sendable {
  /// Threads, the caller's included.
  package let width: Int
  private let team: OpaquePointer?

  /// Processors that this process may use, by its affinity and, in a container, by its share of time.
  package static var processors: Int { Int(seqt_processors()) }

  /// Starts `width` − 1 threads; if the system refuses, all tasks run on the caller's thread.
  package init(width: Int) {
    precondition(width > 0, "a team of no threads")
    unsafe team = width > 1 ? seqt_team_create(width) : nil
    self.width = unsafe team == nil ? 1 : width
  }

  deinit { if let team = unsafe team { unsafe seqt_team_destroy(team) } }

  /// Runs `task` once for each number in 0..<count and returns when all are done. Not reentrant; allocates nothing.
  package func run(_ count: Int, _ task: @Sendable (Int) -> Void) {
    guard let team = unsafe team, count > 1 else {
      for i in 0..<count { task(i) }
      return
    }
    withoutActuallyEscaping(task) { task in
      var job = Job(task: task)
      unsafe withUnsafeMutablePointer(to: &job) { job in
        unsafe seqt_team_run(
          team, count, { context, i in unsafe context?.assumingMemoryBound(to: Job.self).pointee.task(i) }, job)
      }
    }
  }
}

private struct Job {
  let task: @Sendable (Int) -> Void
}
