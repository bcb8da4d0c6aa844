import SeqConfig
package import SeqCore
import SeqData
package import SeqEncoding
package import SeqInference
import SeqLayers
import SeqMetrics
import SeqModel
import SeqPrediction
package import SeqRecords
import SeqTensor
import SeqText
package import SeqTraining

/// What a fit works on: the data as ids, the network, and the threads.
package struct FitWork<Task: FittedTask> {
  /// The config with the metric that was settled on, if there is dev data to measure it on.
  package let config: ExperimentConfig
  private let learned: LearnedEncoder
  package var encoder: SequenceEncoder { learned.encoder }
  package let train: EncodedDataset
  package let dev: Task.Scored?
  package let test: Task.Scored?
  package let precisions: Precisions
  /// What is fitted beside the network.
  package let linearModels: LinearModels?
  private let task: Task
  private let network: Task.Net
  private let team: WorkerTeam

  /// Reads the data, and checks all that can be checked before training.
  package init(_ task: Task, _ given: ExperimentConfig, hooks: Experiment.Hooks) throws(SeqError) {
    self.task = task
    var config = given
    config.inference.learnedScheme = nil
    precisions = try Precisions(given)
    try config.data.checkFiles()
    let team = WorkerTeam(width: config.training.threads)
    try config.settleRawText(hooks)
    let data = try task.prepare(config, team, note: hooks.note)
    ReadingNotes.current?.report()
    let encoder = data.encoder
    (train, dev, test, linearModels) = (data.train, data.dev, data.test, data.linearModels)
    config.inference.scheme = config.inference.scheme ?? encoder.writtenScheme
    try task.settle(&config, data.learned, data.train, hooks)
    network = task.network(config.fitted, encoder)
    // The weights, the best ones, those that are packed for products, and the moments.
    let moments = config.training.optimizer.usesMoments.count { $0 }
    try network.checkSize(copies: 3 + moments)
    self.team = team
    let metric = Self.settledMetric(config.metric ?? task.defaultMetric(encoder), encoder, dev, hooks)
    // Without dev data the metric says nothing, and a config that names one is refused: also that of the saved model.
    config.metric = dev == nil ? nil : metric
    config.training.metric = metric
    if config.baseline != nil, linearModels == nil {
      let isAdded = config.inference.linear > 0 || config.inference.linearLabel > 0
      let addition = isAdded ? ", and inference.linear adds nothing" : ""
      hooks.warn(
        "no baseline is fitted\(addition): it needs the data in memory, but the data is on disk (data.storage)")
      (config.inference.linear, config.inference.linearLabel) = (0, 0)
    }
    self.config = config
    learned = data.learned
    remarks.tell(hooks)
    for vectors in learned.pretrained { hooks.note(vectors.summary) }
    if let note = baselineNote(seconds: data.baselineSeconds) { hooks.note(note) }
    if let dev { try check(metric, on: dev.prefix(64)) }
  }

  private var remarks: DataRemarks {
    DataRemarks(config: config, learned: learned, train: train, dev: dev, test: test)
  }

  /// What the baseline scores, as a line.
  private func baselineNote(seconds: Double) -> String? {
    for (name, part) in [("dev", dev), ("test", test)] {
      guard let scores = part?.baseline else { continue }
      let main = encoder.tagScheme != nil ? "f1" : "accuracy"
      guard let linear = scores.linear[main], let majority = scores.majority[main] else { return nil }
      return "baseline: \(name) \(main) \(linear.fixed()) of a linear model, \(majority.fixed()) of the most frequent "
        + "\(task.answer); \(seconds.fixed(1)) s"
    }
    return nil
  }

  /// A trainer that reports to `hooks`.
  /// - Parameter save: keeps checkpoints.
  package func makeTrainer(
    hooks: Experiment.Hooks, save: @escaping (Trainer) throws(SeqError) -> Void
  ) throws(SeqError) -> Trainer {
    var collaborators = Trainer.Collaborators()
    collaborators.higherIsBetter = Metric(named: config.training.metric)?.isHigherBetter ?? true
    collaborators.shouldStop = hooks.shouldStop
    let classes = remarks.classes
    collaborators.listener = { event in
      hooks.onEvent(event)
      if case .started = event, let classes { hooks.note(classes) }
    }
    collaborators.save = save
    collaborators.initialize = initialize
    if let dev {
      let scores = DevScores(dev, network: network, precision: precisions.inference, team: team)
      collaborators.evaluate = scores.scores(of:)
    }
    return Trainer(
      model: network, data: train, settings: config.training, precision: precisions.training,
      options: try LossOptions(config, labels: encoder.labels, data: train), noise: noise, team: team,
      collaborators: collaborators)
  }

  /// What words are replaced by at random.
  private var noise: TokenNoise? {
    let rate = config.vocabulary.singletonDropout
    guard rate > 0, !learned.singletons.isEmpty else { return nil }
    return TokenNoise(replacing: learned.singletons, by: Vocabulary.unknownID, rate: rate)
  }

  /// Sets weights that do not start at random.
  private var initialize: (ParameterVector) -> Void {
    let (vectors, network) = (learned.pretrained, network)
    return { if !vectors.isEmpty { vectors.copy(to: $0, of: network) } }
  }

  /// Tries learning rates on a network that nobody keeps.
  package func findLearningRate(_ hooks: Experiment.Hooks) throws(SeqError) -> LearningRateTrial {
    var trial = LearningRateTrial.Setup(
      settings: config.training, precision: precisions.training,
      options: try LossOptions(config, labels: encoder.labels, data: train), noise: noise)
    trial.initialize = initialize
    return LearningRateTrial.run(
      trial, model: network, data: train, team: team, shouldStop: hooks.shouldStop)
  }

  /// Scores the best weights: what a model's folder holds.
  package func finish(_ trainer: Trainer) -> ModelDirectory.Finished {
    let weights = Weights(trainer.best, training: false, precision: precisions.inference)
    weights.refresh(team)
    let runner = Task.Scored.runner(network, weights: weights, team: team)
    let evaluations = [("dev", dev), ("test", test)].compactMap { name, part in
      part.map { (name: name, evaluation: $0.evaluate(runner, isQuick: false)) }
    }
    return ModelDirectory.Finished(
      config: config, encoder: encoder, weights: trainer.best, precision: precisions.training, state: trainer.state,
      evaluations: evaluations, linearModels: linearModels)
  }

  /// The finished model as one that is read from its folder.
  package func content(_ finished: ModelDirectory.Finished) -> ModelDirectory.Content<Task.Net> {
    ModelDirectory.Content(
      config: config.fitted, encoder: encoder, network: network, weights: finished.weights)
  }

  /// The metric or, on dev data where it cannot tell epochs apart, the loss.
  private static func settledMetric(
    _ metric: String, _ encoder: SequenceEncoder, _ dev: Task.Scored?, _ hooks: Experiment.Hooks
  ) -> String {
    guard let dev, let reason = FixedScore(encoder: encoder, metric: metric).reason(on: dev) else { return metric }
    hooks.warn("dev \(reason), so \(metric) cannot decide which epoch is best: the dev loss decides instead")
    return "loss"
  }

  /// Tells before training whether the dev data gives the score that early stopping asks for.
  private func check(_ metric: String, on dev: Task.Scored) throws(SeqError) {
    let vector = ParameterVector(network.layout)
    let weights = Weights(vector, training: false)
    weights.refresh(team)
    let runner = Task.Scored.runner(network, weights: weights, team: team)
    let names = dev.evaluate(runner, isQuick: true).scores.map(\.name)
    guard names.contains(metric) else {
      throw .data(
        "this task and data give no score \"\(metric)\"" + didYouMean(metric, among: names),
        at: .path("training.metric"), remedy: "one of \(names.joined(separator: ", "))")
    }
  }
}
