public import SeqCore
import SeqInference
import SeqMetrics
import SeqTensor
public import SeqTraining

extension Experiment {
  /// Tries learning rates from small to great in one short fit, of which nothing is kept.
  /// - Throws: what `fit` throws before training.
  public func findLearningRate(hooks: Hooks = Hooks()) throws(SeqError) -> LearningRateTrial {
    try Kernels.checkForcedLevel()
    var config = config
    // It has no part in the loss.
    config.baseline = nil
    do throws(SeqError) { return try Self.findLearningRate(config.task.fit, config, hooks) } catch {
      throw config.located(error)
    }
  }

  private static func findLearningRate(
    _ task: some FittedTask, _ config: ExperimentConfig, _ hooks: Hooks
  ) throws(SeqError) -> LearningRateTrial { try FitWork(task, config, hooks: hooks).findLearningRate(hooks) }

  /// Whether a greater main score is better.
  public static func isBetter(_ a: Score, than b: Score) -> Bool {
    (Metric(named: a.name)?.isHigherBetter ?? true) ? a.value > b.value : a.value < b.value
  }

  /// Takes the place of the config's model before fits elsewhere, of which one is put there: other fits are kept out until
  /// the lock is released.
  ///
  /// - Parameters:
  ///   - seeds: those of the fits.
  ///   - overwrite: as of `fit`.
  /// - Throws: `.inputOutput` if another fit writes to it or nothing can be put there, `.data` if a model of another config
  ///   is there.
  public func claimOutput(seeds: Range<UInt64>, overwrite: Bool = false) throws(SeqError) -> WritingLock {
    let directory = ModelDirectory(config.output)
    let lock = try directory.claim()
    do throws(SeqError) {
      if !overwrite { try directory.checkConfig(config, seeds: seeds) }
    } catch {
      lock.release()
      throw error
    }
    return lock
  }

  /// Puts a model that was fitted elsewhere in the place of which `claimOutput` gave the lock.
  /// - Throws: `.inputOutput` if nothing can be moved there.
  public func take(from folder: String) throws(SeqError) {
    try FileSystem.replaceFolder(config.output, with: folder)
  }

  /// The score by which models of one config are compared: that by which the best epoch was chosen; nil without dev data.
  public func devScore(of result: Result) -> Score? {
    guard let evaluation = result.evaluations.first(where: { $0.name == "dev" })?.evaluation else { return nil }
    guard let name = result.metric, let value = evaluation.scores[name] else { return evaluation.mainScore }
    return Score(name, value)
  }
}
