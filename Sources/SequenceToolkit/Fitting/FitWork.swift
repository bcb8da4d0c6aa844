import SeqConfig
import SeqCore
import SeqData
import SeqLayers
import SeqMetrics
import SeqModel
import SeqTensor
import SeqText
import SeqTraining

/// What a fit works on: the data as ids, the network, and the threads.
struct FitWork {
  /// The config with the metric that was settled on, if there is dev data to measure it on.
  let config: ExperimentConfig
  let encoder: Encoder
  let train: EncodedDataset
  let dev: ScoredPart?
  let test: ScoredPart?
  let precisions: Precisions
  private let network: any Network
  private let team: WorkerTeam

  /// Reads the data, and checks all that can be checked before training.
  init(_ given: ExperimentConfig, hooks: Experiment.Hooks) throws(SeqError) {
    var config = given
    precisions = try Precisions(given)
    let team = WorkerTeam(width: config.training.threads)
    let data = try PreparedData(config, team)
    let encoder = data.encoder
    (train, dev, test) = (data.train, data.dev, data.test)
    network = config.network(encoder)
    try network.checkSize()
    if config.task == .transduction, config.inference.maximumLength == nil {
      config.inference.maximumLength = PreparedData.maximumLength(data.train)
    }
    self.team = team
    let metric = config.metric ?? Self.defaultMetric(encoder)
    // Without dev data the metric says nothing, and a config that names one is refused: also that of the saved model.
    config.metric = dev == nil ? nil : metric
    config.training.metric = metric
    self.config = config
    self.encoder = encoder
    warnOfUnseen(hooks)
    if let dev { try check(metric, on: dev.prefix(64)) }
  }

  /// A trainer that reports to `hooks` and saves to `store`.
  func makeTrainer(saving store: CheckpointStore, hooks: Experiment.Hooks) throws(SeqError) -> Trainer {
    var collaborators = Trainer.Collaborators()
    collaborators.higherIsBetter = MetricName.higherIsBetter(config.training.metric) ?? true
    collaborators.shouldStop = hooks.shouldStop
    collaborators.listener = hooks.onEvent
    collaborators.save = store.save
    if let dev {
      let scores = DevScores(dev, network: network, precision: precisions.inference, team: team)
      collaborators.evaluate = scores.scores(of:)
    }
    return Trainer(
      model: network, data: train, settings: config.training, precision: precisions.training,
      options: try lossOptions(), team: team, collaborators: collaborators)
  }

  /// Scores the best weights and puts the model in its place.
  func finish(_ trainer: Trainer) throws(SeqError) -> [(name: String, evaluation: Evaluation)] {
    let weights = Weights(trainer.best, training: false, precision: precisions.inference)
    weights.refresh(team)
    let runner = NetworkRunner(network, weights: weights, team: team)
    let evaluations = [("dev", dev), ("test", test)].compactMap { name, part in
      part.map { (name: name, evaluation: $0.evaluate(runner)) }
    }
    try ModelDirectory(config.output).write(
      .init(
        config: config, encoder: encoder, weights: trainer.best, precision: precisions.training, state: trainer.state,
        evaluations: evaluations))
    return evaluations
  }

  /// Spans are judged by their F1, what is written by its errors, all else by accuracy.
  private static func defaultMetric(_ encoder: Encoder) -> String {
    if encoder.task == .transduction { return "wordErrorRate" }
    return encoder.task == .tagging && TagScheme.detect(encoder.labels.labels) != nil ? "f1" : "accuracy"
  }

  /// Tells before training whether the dev data gives the score that early stopping asks for.
  private func check(_ metric: String, on dev: ScoredPart) throws(SeqError) {
    let vector = ParameterVector(network.layout)
    let weights = Weights(vector, training: false)
    weights.refresh(team)
    let runner = NetworkRunner(network, weights: weights, team: team)
    let names = dev.evaluate(runner, isQuick: true).scores.map(\.name)
    guard names.contains(metric) else {
      throw .data(
        "this task and data give no score \"\(metric)\"" + didYouMean(metric, among: names),
        at: .path("training.metric"), remedy: "one of \(names.joined(separator: ", "))")
    }
  }

  private func lossOptions() throws(SeqError) -> LossOptions {
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

  private func warnOfUnseen(_ hooks: Experiment.Hooks) {
    for (name, part) in [("dev", dev), ("test", test)] {
      guard let part, !part.unseenLabels.isEmpty else { continue }
      let shown = part.unseenLabels.prefix(5).joined(separator: ", ") + (part.unseenLabels.count > 5 ? ", …" : "")
      hooks.warn(
        "labels of \(name) that the training data does not have count as errors: \(shown)")
    }
  }
}
