import SeqCore
import SeqEncoding
import SeqExperiment
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTraining

/// A config's network with its starting weights and a few sequences: its loss and gradient, and the same network for the
/// reference.
struct CheckedNetwork: Sendable {
  /// The parameters, in the order of the weights' file.
  let slots: [ParameterSlot]
  /// The mean loss.
  let loss: Double
  /// The weights, for the reference.
  let weights: ReferenceParameters
  /// The reference's mean loss for given weights.
  let reference: @Sendable (ReferenceParameters) -> Double
  private let vector: ParameterVector

  init(_ config: ExperimentConfig, settings: GradientCheck.Settings, team: WorkerTeam) throws(SeqError) {
    self = try Self.make(config.task.fit, config, settings, team)
  }

  private static func make(
    _ task: some FittedTask, _ config: ExperimentConfig, _ settings: GradientCheck.Settings, _ team: WorkerTeam
  ) throws(SeqError) -> CheckedNetwork { try CheckedNetwork(task, config, settings, team) }

  private init(
    _ task: some FittedTask, _ given: ExperimentConfig, _ settings: GradientCheck.Settings, _ team: WorkerTeam
  ) throws(SeqError) {
    var config = given
    config.model.dropout = DropoutSettings(0)
    config.baseline = nil
    let data = try task.prepare(config, team) { _ in }
    let network = task.network(config.fitted, data.encoder)
    try network.checkSize()
    var options = try LossOptions(config, labels: data.encoder.labels)
    let sequences = CheckedSequences(data.train, task.topology, settings, features: config.model.features)
    let start = Self.start(network, seed: Seed(config.training.seed))
    data.learned.pretrained.copy(to: start, of: network)
    let packed = Weights(start, training: true)
    packed.refresh(team)
    let pass = network.makePass(team)
    let shard = sequences.shard(network)
    options.sentenceLabelScale = network.sentenceLabelScale([shard])
    let denominator = options.denominator(of: shard.labels)
    loss = pass.step(
      shard, weights: packed, mode: .training(seed: Seed(1)), scale: denominator > 0 ? 1 / denominator : 0,
      options: options)
    vector = Self.gradient(network, pass, shard)
    // What is frozen has no gradient that anybody computes.
    let frozen = network.frozen.map(\.index)
    slots = network.layout.slots.filter { !frozen.contains($0.index) }
    weights = ReferenceParameters(
      Dictionary(uniqueKeysWithValues: network.layout.slots.map { ($0.name, packed[$0].elements.map(Double.init)) }))
    reference = try ReferenceLossFunction(config.model, topology: task.topology, options, sequences).loss
  }

  func gradient(of slot: ParameterSlot) -> [Double] { vector[slot].elements.map(Double.init) }

  /// The weights that a fit starts from. Where a table starts with zeros, some numbers take their place: the gradient of
  /// what reads it would be 0 whatever its code is.
  private static func start(_ network: any Network, seed: Seed) -> ParameterVector {
    let start = ParameterVector(network.layout)
    start.initialize(seed: seed.child("weights"))
    for slot in network.layout.slots where slot.initialization == .zero {
      var random = Seed(1).child(slot.name).generator
      start[slot].copy(from: (0..<start[slot].count).map { _ in Float(random.normal()) * 0.1 })
    }
    return start
  }

  /// All parts of the gradient after a step of one shard.
  private static func gradient(_ network: any Network, _ pass: any NetworkPass, _ shard: Shard) -> ParameterVector {
    let gradient = ParameterVector(network.layout)
    for task in network.gradientTasks { pass.accumulate(task, into: gradient, adding: false) }
    var rows = BatchRows()
    rows.collect([shard][...])
    let embedding = EmbeddingGradient(network.tables)
    for task in 0..<embedding.taskCount(rows) {
      _ = embedding.accumulate(task: task, rows, passes: [pass], into: gradient)
    }
    return gradient
  }
}
