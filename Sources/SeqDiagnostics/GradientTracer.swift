public import SeqCore
import SeqData
import SeqEncoding
import SeqExperiment
import SeqInference
import SeqLayers
import SeqMetrics
import SeqModel
import SeqRecords
import SeqTensor
import SeqTraining

/// Measures a `GradientTrace`: of a config's network after some steps of training, or of a fitted model.
public struct GradientTracer {
  /// What is measured, and on how much.
  public struct Settings: Sendable {
    /// Training steps before the measurement; of a fitted model, batches whose gradient is measured, without a step.
    public var steps = 100
    /// Sequences that the gradient is followed in, the longest of the training data.
    public var sequences = 64
    /// Tokens of a sequence that are used at most, from its start.
    public var length = 400

    /// The defaults.
    public init() {}
  }

  private let settings: Settings
  private let task: any LabellingFit
  private let config: ExperimentConfig
  private let data: EncodedDataset
  private let encoder: SequenceEncoder
  private let weights: Weights
  private let options: LossOptions
  private let isFitted: Bool
  private let team: WorkerTeam

  /// - Parameters:
  ///   - subject: a config file, or the folder of a model.
  ///   - overrides: of a config, such as `model.cell=elman`.
  ///   - settings: what is traced.
  /// - Throws: what reading the config, its training data or the model throws; `.usage` for a network without recurrence.
  public init(
    _ subject: String, overrides: [String] = [], settings: Settings = Settings()
  ) throws(SeqError) {
    self.settings = settings
    try Kernels.checkForcedLevel()
    isFitted = FileSystem.isFolder(FileSystem.present(subject))
    if isFitted {
      guard overrides.isEmpty else {
        throw .usage(
          "overrides only apply to a config; \(subject) is a fitted model", remedy: "name the config instead")
      }
      task = try Self.traced(try ModelDirectory(subject).readTask())
      let content = try ModelDirectory(subject).readLabelling()
      config = try ExperimentConfig(of: content.config)
      try Self.check(config.model)
      team = WorkerTeam(width: WorkerTeam.processors)
      let records = try LoadedData(config).train
      var network = content.encoder
      network.linear = nil
      data = network.encode(records, team).data
      encoder = network
      options = try LossOptions(config, labels: content.encoder.labels)
      weights = Weights(content.weights, training: true)
    } else {
      config = try ExperimentConfig(contentsOf: subject, overrides: overrides)
      task = try Self.traced(config.task)
      try Self.check(config.model)
      team = WorkerTeam(width: config.training.threads)
      var network = config
      network.baseline = nil
      let prepared = try task.prepare(network, team) { _ in }
      data = prepared.train
      encoder = prepared.encoder
      let model = task.network(config.fitted, encoder)
      try model.checkSize()
      options = try LossOptions(config, labels: prepared.encoder.labels)
      let vector = ParameterVector(model.layout)
      vector.initialize(seed: Seed(config.training.seed).child("weights"))
      prepared.learned.pretrained.copy(to: vector, of: model)
      weights = Weights(vector, training: true)
    }
  }

  /// The task as one whose gradient can be followed from step to step.
  private static func traced(_ task: SequenceTask) throws(SeqError) -> any LabellingFit {
    if let labelling = task.fit.labellingFit, labelling.topology != .bag { return labelling }
    let why =
      task.fit.labellingFit == nil ? "its loss is spread over the steps of its target" : "it has no recurrence"
    throw .usage("\(task.rawValue) cannot be traced: \(why)")
  }

  /// - Throws: `.usage` for a cell whose state goes on without a matrix, as what is followed is the gradient of its product.
  private static func check(_ model: ModelSettings) throws(SeqError) {
    guard let cell = model.makeCell(), cell.recurrentGates == 0 else { return }
    throw .usage(
      "\(model.cell.rawValue) cannot be traced: no matrix multiplies its state", remedy: "try model.cell=lstm")
  }

  /// Trains as far as the settings say, and measures.
  /// - Throws: `.data` if the training diverges.
  public func trace() throws(SeqError) -> GradientTrace {
    let steps = try TracedSteps(
      model: task.network(config.fitted, encoder),
      weights: weights, data: data, config: config, options: options, team: team
    ).run(settings.steps, learning: !isFitted)
    weights.refresh(team)
    var lags = LagMeasurement(
      task, config: config, encoder: encoder, data: data, weights: weights, team: team)
    lags.run(sequences: settings.sequences, length: settings.length)
    return GradientTrace(
      network: config.model.summary, sweeps: lags.sweeps, steps: steps.count, clippedSteps: steps.clipped,
      clip: config.training.clip, gradientNorm: steps.meanNorm,
      traits: .init(
        isLSTM: config.model.cell.rawValue.hasPrefix("lstm"),
        hasGates: ![CellKind.elman, .jordan].contains(config.model.cell),
        poolsLast: task.topology == .pooled && config.model.pooling == .last))
  }
}

/// Steps of a training that keeps nothing, for the norms of their gradients.
private struct TracedSteps {
  struct Outcome {
    var count = 0
    var clipped = 0
    var normSum = 0.0
    var meanNorm: Double { count > 0 ? normSum / Double(count) : 0 }
  }

  let model: SequenceModel
  let weights: Weights
  let data: EncodedDataset
  let config: ExperimentConfig
  let options: LossOptions
  let team: WorkerTeam

  /// - Parameter learning: whether the weights take the steps.
  func run(_ count: Int, learning: Bool) throws(SeqError) -> Outcome {
    var outcome = Outcome()
    let settings = config.training
    let parallel = DataParallel(model: model, weights: weights, team: team)
    let optimizer = Optimizer(settings.optimizer, layout: model.layout, tables: model.tables, frozen: model.frozen)
    let seed = Seed(settings.seed)
    var epoch = 0
    while outcome.count < count {
      let plan = BatchPlan(data, size: settings.batch, seed: seed.child("epoch", epoch))
      guard plan.count > 0 else { break }
      for batch in 0..<min(plan.count, count - outcome.count) {
        parallel.prepare(plan[batch], of: data)
        optimizer.catchUp(parallel.rows, of: weights.vector, team: team)
        _ = parallel.step(next: nil, of: data, seed: seed.child("step", outcome.count), options: options)
        let norm = parallel.gradientNorm()
        guard norm.isFinite else {
          throw .data(
            "the gradient became infinite in step \(outcome.count + 1)", at: .path("training.optimizer.learningRate"),
            remedy: .traceFewerSteps(outcome.count))
        }
        let isLong = settings.clip > 0 && norm > settings.clip
        if learning {
          optimizer.step(
            weights.vector, gradient: parallel.gradient, rows: parallel.rows, rate: settings.optimizer.learningRate,
            scale: isLong ? settings.clip / (norm + 1e-6) : 1, team: team)
        }
        outcome.count += 1
        outcome.clipped += isLong ? 1 : 0
        outcome.normSum += norm
      }
      epoch += 1
    }
    if learning { optimizer.settle(weights.vector, team: team) }
    return outcome
  }
}
