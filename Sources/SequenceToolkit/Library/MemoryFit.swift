import SeqCore
import SeqData
import SeqExperiment
import SeqInference
import SeqMetrics
import SeqRecords
import SeqTensor
package import SeqTraining
import Synchronization

/// A fit of examples in memory, on a thread of its own: the tasks of its caller go on meanwhile.
struct MemoryFit<Task: FittedTask>: Sendable {
  /// A model that was fitted, and what its folder holds.
  struct Outcome: Sendable {
    let finished: ModelDirectory.Finished
    let content: ModelDirectory.Content<Task.Net>
  }

  private let task: Task
  private let config: ExperimentConfig

  /// - Throws: `.data` for examples that cannot be learned from.
  init(
    _ task: Task, _ examples: [some MemoryExample], dev: [some MemoryExample], recipe: Recipe
  ) throws(SeqError) {
    try Self.check(examples, "examples")
    try Self.check(dev, "dev")
    guard !examples.isEmpty else {
      throw .data("there are no examples to learn from", at: Place(), remedy: "give some of each \(task.answer)")
    }
    self.task = task
    config = try recipe.config(task, train: Self.records(examples), dev: Self.records(dev))
  }

  private static func records(_ examples: [some MemoryExample]) -> [Record] {
    examples.enumerated().map { $1.record($0 + 1) }
  }

  private static func check(_ examples: [some MemoryExample], _ name: String) throws(SeqError) {
    for (i, example) in examples.enumerated() {
      if let fault = example.fault { throw .data("\(name)[\(i)]: \(fault)", at: Place()) }
    }
  }

  /// Fits the model. If the calling task is cancelled, the fit ends with the batch that it is at.
  ///
  /// - Throws: `CancellationError`, or a `SeqError` of the data or of a diverging loss.
  func run(_ listener: FitListener) async throws -> Outcome {
    let stop = StopFlag()
    let result: Result<Outcome?, SeqError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DetachedThread.run {
          let result = ReadingNotes(warn: listener.onWarning).collecting { fit(stop, listener) }
          continuation.resume(returning: result)
        }
      }
    } onCancel: {
      stop.set()
    }
    guard let outcome = try result.get() else { throw CancellationError() }
    return outcome
  }

  /// - Returns: nil if the fit was stopped.
  private func fit(_ stop: StopFlag, _ listener: FitListener) -> Result<Outcome?, SeqError> {
    do throws(SeqError) {
      try Kernels.checkForcedLevel()
      var hooks = Experiment.Hooks()
      hooks.onEvent = listener.onEvent
      hooks.warn = listener.onWarning
      hooks.shouldStop = { stop.isSet }
      let work = try FitWork(task, config, hooks: hooks)
      let trainer = try work.makeTrainer(hooks: hooks) { _ in }
      if try trainer.run() == .interrupted { return .success(nil) }
      let finished = work.finish(trainer)
      for (name, evaluation) in finished.evaluations {
        if let warning = evaluation.baselineWarning(on: name) { listener.onWarning(warning) }
      }
      return .success(Outcome(finished: finished, content: work.content(finished)))
    } catch {
      return .failure(error)
    }
  }
}

/// Whether somebody asked a fit to stop.
private final class StopFlag: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }
  func set() { flag.store(true, ordering: .relaxed) }
}

/// Who is told of a fit, on the fitting thread.
package struct FitListener: Sendable {
  /// Hears of progress.
  package let onEvent: @Sendable (TrainingEvent) -> Void
  /// Hears what should be known and need not be mended.
  package let onWarning: @Sendable (String) -> Void
}
