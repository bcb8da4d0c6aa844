import CSeqThreads

/// A fixed team of threads that share out numbered tasks.
///
/// Numeric memory (`FloatBuffer`, `Matrix`, a layer's pass) is shared without locks by this rule: during `run`, two
/// tasks never write the same element and none reads what another writes; between runs only the caller touches it.
/// Which thread takes which task is left open, so a task's result must depend on its number alone. That is what makes
/// the bits of a model independent of the number of threads.
@safe
package final class WorkerTeam: @unchecked Sendable {
  /// Threads that were asked for, the caller's included.
  package let width: Int
  private let team: OpaquePointer?

  /// Processors that this process may use, by its affinity and, in a container, by its share of time.
  package static var processors: Int { Int(seqt_processors()) }

  /// A team of so many. Its threads start when there is work for two, so that a single line is tagged without; where the
  /// system refuses them, the others do their work.
  package init(width: Int) {
    precondition(width > 0, "a team of no threads")
    unsafe team = width > 1 ? seqt_team_create(width) : nil
    self.width = unsafe team == nil ? 1 : width
  }

  deinit { if let team = unsafe team { unsafe seqt_team_destroy(team) } }

  /// Runs `task` once for each number in 0..<count and returns when all are done. Not reentrant; only the first run
  /// of several tasks allocates.
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
