import SeqCore
import SeqData
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor

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
    let data = try PreparedData(config, team)
    var modelSettings = config.model
    modelSettings.dropout = DropoutSettings(0)
    let model = SequenceModel(
      task: config.task, settings: modelSettings, vocabularySize: data.encoder.inputCount,
      classes: data.encoder.classCount)
    try model.checkSize()
    let options = try LossOptions(config, labels: data.encoder.labels)
    let sequences = CheckedSequences(data.train, model, settings)

    let start = ParameterVector(model.layout)
    start.initialize(seed: Seed(config.training.seed).child("weights"))
    for slot in model.layout.slots where slot.initialization == .zero {
      // Where a table starts with zeros, the gradient of what reads it would be 0 whatever its code is.
      var random = Seed(1).child(slot.name).generator
      start[slot].copy(from: (0..<start[slot].count).map { _ in Float(random.normal()) * 0.1 })
    }
    let packed = Weights(start, training: true)
    packed.refresh(team)
    let pass = model.makePass(team)
    let shard = sequences.shard(model)
    let denominator = options.denominator(of: shard.labels)
    loss = pass.step(
      shard, weights: packed, mode: .training(seed: Seed(1)), scale: denominator > 0 ? 1 / denominator : 0,
      options: options)
    vector = Self.gradient(model, pass, shard)
    slots = model.layout.slots
    weights = ReferenceParameters(
      Dictionary(uniqueKeysWithValues: slots.map { ($0.name, packed[$0].elements.map(Double.init)) }))
    reference = try ReferenceLossFunction(modelSettings, task: config.task, options, sequences).loss
  }

  func gradient(of slot: ParameterSlot) -> [Double] { vector[slot].elements.map(Double.init) }

  /// All parts of the gradient after a step of one shard.
  private static func gradient(_ model: SequenceModel, _ pass: ModelPass, _ shard: Shard) -> ParameterVector {
    let gradient = ParameterVector(model.layout)
    for task in model.gradientTasks { pass.accumulate(task, into: gradient, adding: false) }
    var rows = BatchRows()
    rows.collect([shard][...])
    let embedding = EmbeddingGradient(model.embedding)
    for task in 0..<embedding.taskCount(rows) {
      _ = embedding.accumulate(task: task, rows, passes: [pass], into: gradient)
    }
    return gradient
  }
}

/// The first sequences of a dataset that are not empty, cut short.
struct CheckedSequences: Sendable {
  /// Token ids, longest first.
  let tokens: [[Int]]
  /// One label a sequence, or one a token; −1 is none.
  let labels: [[Int]]

  init(_ data: EncodedDataset, _ model: SequenceModel, _ settings: GradientCheck.Settings) {
    let chosen = (0..<data.count).lazy.filter { data.length($0) > 0 }.prefix(settings.sequences)
      .map { (number: $0, length: min(settings.length, data.length($0))) }
    let sorted = Array(chosen).sorted { (-$0.length, $0.number) < (-$1.length, $1.number) }
    tokens = sorted.map { sequence in (0..<sequence.length).map { Int(data.token(sequence.number, $0)) } }
    labels = sorted.map { sequence in
      (0..<(model.task.isPerToken ? sequence.length : 1)).map { Int(data.label(sequence.number, $0)) }
    }
  }

  func shard(_ model: SequenceModel) -> Shard {
    let shard = Shard()
    shard.fill(
      positions: Array(tokens.indices)[...], length: { tokens[$0].count }, token: { Int32(tokens[$0][$1]) },
      task: model.task, repeatsLabels: model.learnsAtEachStep, label: { Int32(labels[$0][$1]) })
    return shard
  }
}
