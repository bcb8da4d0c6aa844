import SeqConfig
public import SeqCore
import SeqData
import SeqLayers
import SeqMetrics
import SeqModel
import SeqTensor
import SeqText
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

    public init() {}
  }

  /// How a fit ended.
  public struct Result: Sendable {
    public let reason: StopReason
    /// The best epoch, from 1.
    public let bestEpoch: Int
    /// The folder of the model, or of the checkpoint if the fit was interrupted.
    public let output: String
    /// The best weights' scores on the dev and the test data, as far as there is any.
    public let evaluations: [(name: String, evaluation: Evaluation)]
  }

  public let config: ExperimentConfig

  public init(_ config: ExperimentConfig) { self.config = config }

  /// Fits and saves the model.
  ///
  /// - Parameter resume: whether to go on with an interrupted fit of the same config; the model comes out the same, bit
  ///   for bit, as if it had not been interrupted.
  /// - Throws: `.data` for bad data or a diverging loss, `.missingInput`, `.inputOutput`.
  public func fit(resume: Bool = false, hooks: Hooks = Hooks()) throws(SeqError) -> Result {
    try Kernels.checkForcedLevel()
    var config = config
    let records = try LoadedData(config)
    let encoder = try Encoder(learning: records.train, config: config)
    let train = encoder.encode(records.train).data
    let dev = records.dev.isEmpty ? nil : Evaluator(encoder: encoder, records: records.dev)
    let test = records.test.isEmpty ? nil : Evaluator(encoder: encoder, records: records.test)
    warnOfUnseen([("dev", dev), ("test", test)], hooks)

    let model = SequenceModel(
      task: config.task, settings: config.model, vocabularySize: encoder.vocabulary.count,
      classes: encoder.labels.count)
    try model.checkSize()
    let team = WorkerTeam(width: config.training.threads)
    let metric = config.metric ?? Self.defaultMetric(encoder)
    config.metric = metric
    config.training.metric = metric
    var collaborators = Trainer.Collaborators()
    collaborators.higherIsBetter = MetricName.higherIsBetter(metric) ?? true
    collaborators.shouldStop = hooks.shouldStop
    collaborators.listener = hooks.onEvent
    if let dev {
      try check(
        metric, on: Evaluator(encoder: encoder, records: Array(records.dev.prefix(64))), model: model, team: team)
      var predictor: Predictor?
      collaborators.evaluate = { weights in
        let used = predictor ?? Predictor(model: model, weights: weights, team: team)
        predictor = used
        return dev.evaluate(used).scores
      }
    }
    let store = try CheckpointStore(config, encoder: encoder, train: train, dev: dev?.data)
    collaborators.save = store.save
    let trainer = Trainer(
      model: model, data: train, settings: config.training, options: try lossOptions(encoder), team: team,
      collaborators: collaborators)
    if resume {
      if let warning = try store.restore(trainer) { hooks.warn(warning) }
    } else if store.exists {
      hooks.warn(
        "an interrupted fit in \(FileSystem.displayed(config.output)) is given up; --resume would have gone on with it")
    }
    try ModelDirectory(config.output).prepare()
    let reason = try trainer.run()
    guard reason != .interrupted else {
      return Result(reason: reason, bestEpoch: trainer.state.bestEpoch, output: config.output, evaluations: [])
    }
    let weights = Weights(trainer.best, training: false)
    weights.refresh(team)
    let predictor = Predictor(model: model, weights: weights, team: team)
    let evaluations = [("dev", dev), ("test", test)].compactMap { name, part in
      part.map { (name: name, evaluation: $0.evaluate(predictor)) }
    }
    try ModelDirectory(config.output).write(
      .init(config: config, encoder: encoder, weights: trainer.best, state: trainer.state, evaluations: evaluations))
    return Result(
      reason: reason, bestEpoch: trainer.state.bestEpoch, output: config.output, evaluations: evaluations)
  }

  /// Spans are judged by their F1, all else by accuracy.
  private static func defaultMetric(_ encoder: Encoder) -> String {
    encoder.task == .tagging && TagScheme.detect(encoder.labels.labels) != nil ? "f1" : "accuracy"
  }

  /// Tells before training whether the dev data gives the score that early stopping asks for.
  private func check(_ metric: String, on dev: Evaluator, model: SequenceModel, team: WorkerTeam) throws(SeqError) {
    let vector = ParameterVector(model.layout)
    let weights = Weights(vector, training: false)
    weights.refresh(team)
    let names = dev.evaluate(Predictor(model: model, weights: weights, team: team)).scores.map(\.name)
    guard names.contains(metric) else {
      throw .data(
        "this task and data give no score \"\(metric)\"" + didYouMean(metric, among: names),
        at: .path("training.metric"), remedy: "one of \(names.joined(separator: ", "))")
    }
  }

  private func lossOptions(_ encoder: Encoder) throws(SeqError) -> LossOptions {
    var options = LossOptions(labelSmoothing: config.training.labelSmoothing)
    guard !config.training.classWeights.isEmpty else { return options }
    var weights = [Float](repeating: 1, count: encoder.labels.count)
    for (name, weight) in config.training.classWeights.sorted(by: { $0.key < $1.key }) {
      guard let id = encoder.labels.id(of: name) else {
        throw .data(
          "no training example has the label \"\(name)\"" + didYouMean(name, among: encoder.labels.labels),
          at: .path(ConfigPath.appending(key: name, to: "training.classWeights")))
      }
      weights[Int(id)] = Float(weight)
    }
    guard weights.contains(where: { $0 > 0 }) else {
      throw .data("every label weighs 0: there is nothing to learn", at: .path("training.classWeights"))
    }
    options.classWeights = weights
    return options
  }

  private func warnOfUnseen(_ parts: [(String, Evaluator?)], _ hooks: Hooks) {
    for (name, part) in parts {
      guard let part, !part.unseenLabels.isEmpty else { continue }
      let shown = part.unseenLabels.prefix(5).joined(separator: ", ") + (part.unseenLabels.count > 5 ? ", …" : "")
      hooks.warn(
        "labels of \(name) that the training data does not have count as errors: \(shown)")
    }
  }
}
