public import SeqCore
import SeqInference
import SeqTensor
public import SeqTraining

/// A fit from a config: reads the data, trains, scores and saves the model.
///
///     let config = try ExperimentConfig(contentsOf: "names.json")
///     let result = try Experiment(config).fit()
///     print(result.evaluations.last?.evaluation.mainScore.value ?? 0)
public struct Experiment {
  /// What a fit tells and asks while it runs.
  public struct Hooks {
    /// Called on the fitting thread for every batch and epoch.
    public var onEvent: (TrainingEvent) -> Void = { _ in }
    /// Asked between batches; `true` saves a checkpoint and ends the fit.
    public var shouldStop: () -> Bool = { false }
    /// Called with what a user should know and need not mend.
    public var warn: (String) -> Void = { _ in }
    /// Called with what a user may want to know.
    public var note: (String) -> Void = { _ in }

    /// How a warning words what to do. A command has words of its own.
    package var words: (Remedy) -> String = \.text

    /// Hooks that do nothing.
    public init() {}

    /// Calls `warn` with a finding.
    package func warn(of finding: SeqError.Diagnostic) { warn(finding.worded(words).description) }
  }

  /// How a fit ended.
  public struct Result: Sendable {
    /// Why the fit ended.
    public let reason: StopReason
    /// The best epoch, from 1.
    public let bestEpoch: Int
    /// The folder of the model, or of the checkpoint if the fit was interrupted.
    public let output: String
    /// The best weights' scores on the dev and the test data, as far as there is any.
    public let evaluations: [(name: String, evaluation: Evaluation)]
    /// The dev score that the best epoch was chosen by; nil without dev data.
    public let metric: String?
  }

  /// What decides the fit.
  public let config: ExperimentConfig

  /// An experiment of a config.
  public init(_ config: ExperimentConfig) { self.config = config }

  /// Fits and saves the model. Its folder takes one fit at a time.
  ///
  /// - Parameters:
  ///   - resume: whether to go on with an interrupted fit of the same config; the model comes out the same, bit for bit,
  ///     as if it had not been interrupted. More epochs may be asked for if the schedule does not depend on their number.
  ///   - overwrite: whether a model of another config may be replaced.
  ///   - hooks: what the fit tells and asks while it runs.
  /// - Throws: `.data` for bad data, a diverging loss or a model of another config; `.missingInput`; `.inputOutput`, also
  ///   if another fit writes to the folder.
  public func fit(resume: Bool = false, overwrite: Bool = false, hooks: Hooks = Hooks()) throws(SeqError) -> Result {
    do throws(SeqError) { return try run(resume: resume, overwrite: overwrite, hooks: hooks) } catch {
      throw config.located(error)
    }
  }

  private func run(resume: Bool, overwrite: Bool, hooks: Hooks) throws(SeqError) -> Result {
    try Kernels.checkForcedLevel()
    let config = try config.settled()
    let directory = ModelDirectory(config.output)
    let lock = try directory.claim()
    defer { lock.release() }
    if !lock.isHeld { hooks.warn(Self.unlocked(config.output)) }
    if resume {
      try CheckpointStore.checkPresence(for: config)
    } else if !overwrite {
      try directory.checkConfig(config)
    }
    return try fit(config, in: directory, resume: resume, hooks: hooks)
  }

  private func fit(
    _ config: ExperimentConfig, in directory: ModelDirectory, resume: Bool, hooks: Hooks
  ) throws(SeqError) -> Result {
    try fit(config.task.fit, config, in: directory, resume: resume, hooks: hooks)
  }

  private func fit(
    _ task: some FittedTask, _ config: ExperimentConfig, in directory: ModelDirectory, resume: Bool, hooks: Hooks
  ) throws(SeqError) -> Result {
    let work = try FitWork(task, config, hooks: hooks)
    let store = try CheckpointStore(
      work.config, precision: work.precisions.training, encoder: work.encoder, train: work.train, dev: work.dev?.data)
    let trainer = try work.makeTrainer(hooks: hooks, save: store.save)
    if resume {
      for warning in try store.restore(trainer) { hooks.warn(warning) }
    } else if store.exists {
      let folder = FileSystem.displayed(config.output)
      hooks.warn("an interrupted fit in \(folder) is discarded; \(hooks.words(.resuming)) would have continued it")
    }
    try FileSystem.makeFolder(directory.path)
    let reason = try trainer.run()
    let finished = reason == .interrupted ? nil : work.finish(trainer)
    if let finished { try directory.write(finished) }
    return Result(
      reason: reason, bestEpoch: trainer.state.bestEpoch, output: config.output,
      evaluations: finished?.evaluations ?? [], metric: work.config.metric)
  }

  private static func unlocked(_ path: String) -> String {
    "\(FileSystem.displayed(path)): this file system has no locks; make sure that no other fit writes there"
  }
}
