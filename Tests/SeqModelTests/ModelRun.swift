import SeqCore
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTestSupport

/// A model with weights drawn from a seed, and one step of its training without the optimiser.
final class ModelRun {
  let model: SequenceModel
  let settings: ModelSettings
  let weights: Weights
  let gradient: ParameterVector
  private let embedding: EmbeddingGradient
  private var rows = BatchRows()
  private let team: WorkerTeam
  private(set) var passes: [ModelPass] = []

  init(
    topology: Topology, settings: ModelSettings, vocabulary: Int, classes: Int, seed: Seed, threads: Int = 1,
    precision: Precision = .float32, sequenceLabels: Int = 0
  ) {
    self.settings = settings
    model = SequenceModel(
      topology: topology, settings: settings, vocabularySize: vocabulary, classes: classes, labels: sequenceLabels)
    weights = Weights(ParameterVector(model.layout), training: true, precision: precision)
    gradient = ParameterVector(model.layout)
    embedding = EmbeddingGradient(model.embedding)
    team = WorkerTeam(width: threads)
    for slot in model.layout.slots {
      var random = seed.child(slot.name).generator
      weights[slot].copy(from: random.floats(weights[slot].count, bound: 0.8))
    }
    weights.refresh(team)
  }

  /// Computes the mean loss of a batch and its gradient, shard by shard.
  func step(_ shards: [Shard], options: LossOptions = LossOptions(), mode: Mode = .training(seed: Seed(1))) -> Double {
    while passes.count < shards.count { passes.append(model.makePass()) }
    let (passes, weights, partials) = (passes, weights, Partials())
    var given = options
    given.sentenceLabelScale = model.sentenceLabelScale(shards)
    let options = given
    let scale = 1 / shards.reduce(0) { $0 + options.denominator(of: $1.labels) }
    partials.reset(shards.count)
    team.run(shards.count) {
      partials[$0] = passes[$0].step(shards[$0], weights: weights, mode: mode, scale: scale, options: options)
    }
    accumulate(shards)
    return partials.sum(shards.count)
  }

  /// The gradient's tasks, each over the shards in order.
  func accumulate(_ shards: [Shard]) {
    let (passes, gradient, embedding, tasks) = (passes, gradient, embedding, model.gradientTasks)
    let before = rows
    rows.collect(shards[...])
    let rows = rows
    embedding.clear(before, besides: rows, in: gradient)
    team.run(embedding.taskCount(rows)) {
      _ = embedding.accumulate(task: $0, rows, passes: passes, into: gradient)
    }
    team.run(tasks.count) { i in
      for s in shards.indices { passes[s].accumulate(tasks[i], into: gradient, adding: s > 0) }
    }
  }

  /// The probabilities of the sequences of a batch: [positions][rows of the sequence · classes].
  /// - Parameter inference: the weights to use instead of those of the training.
  func probabilities(_ batch: TokenBatch, shards: Int = 1, inference: Weights? = nil) -> [[Double]] {
    var result = [[Double]](repeating: [], count: batch.tokens.count)
    for shard in batch.shards(shards) {
      let pass = model.makePass()
      pass.predict(shard, weights: inference ?? weights)
      for (s, position) in shard.positions.enumerated() {
        let rows =
          model.topology.isStepwise ? (0..<shard.shape.lengths[s]).map { shard.shape.row(sequence: s, step: $0) } : [s]
        result[position] = rows.flatMap { pass.predicted.row($0).doubles }
      }
    }
    return result
  }

  /// The same network for the reference, and its weights.
  func reference(_ options: LossOptions) -> ReferenceNetwork {
    let loss = ReferenceLoss(classWeights: options.classWeights?.doubles, options.numbers)
    guard
      var network = ReferenceNetwork(
        cell: settings.cell.rawValue, activation: settings.activation.rawValue, hidden: settings.hidden,
        layers: settings.layers, isBidirectional: settings.isBidirectional,
        connections: settings.connections.rawValue,
        pooling: model.topology.isStepwise || model.learnsAtEachStep ? nil : settings.pooling.rawValue,
        feedback: settings.feedback.rawValue, isTeacherForced: settings.isTeacherForced, loss: loss)
    else { fatalError("the reference has no \(settings)") }
    network.repeatsLabels = model.learnsAtEachStep
    network.chunk = model.chunk
    network.hasChain = model.crf != nil
    network.sentenceLabel = settings.sentenceLabel.flatMap { sentenceLabel in
      ReferencePooling(rawValue: sentenceLabel.pooling.rawValue).map { ($0, sentenceLabel.weight) }
    }
    return network
  }

  var referenceParameters: ReferenceParameters {
    ReferenceParameters(
      Dictionary(uniqueKeysWithValues: model.layout.slots.map { ($0.name, weights[$0].elements.doubles) }))
  }

  /// The gradient of each weight against the reference's finite differences, and the loss.
  /// - Parameter inputFactors: what the embedding of each token of each sequence is multiplied by.
  func differences(
    _ batch: TokenBatch, loss: Double, options: LossOptions, inputFactors: [[Vector]]? = nil
  ) -> [GradientDifference] {
    let network = reference(options)
    let parameters = referenceParameters
    let referenceLoss = { [settings] (parameters: ReferenceParameters) in
      let inputs = batch.tokens.enumerated().map { position, tokens in
        network.embedded(tokens, features: settings.embedding, parameters).enumerated().map { step, row in
          inputFactors.map { zip(row, $0[position][step]).map { $0 * $1 } } ?? row
        }
      }
      return network.loss(of: inputs, labels: batch.labels, parameters)
    }
    let lossDifference = GradientDifference(name: "loss", found: [loss], expected: [referenceLoss(parameters)])
    return [lossDifference]
      + model.layout.slots.map {
        GradientDifference(
          name: $0.name, found: gradient[$0].elements.doubles,
          expected: parameters.finiteDifference(of: $0.name, referenceLoss))
      }
  }
}

extension ModelSettings {
  /// Small sizes without dropout, the rest drawn.
  static func random(_ seed: Seed) -> ModelSettings {
    var random = seed.child("settings").generator
    var settings = ModelSettings()
    settings.cell = CellKind.allCases[random.index(below: CellKind.allCases.count)]
    settings.activation = ActivationKind.allCases[random.index(below: ActivationKind.allCases.count)]
    settings.pooling = PoolingKind.allCases[random.index(below: PoolingKind.allCases.count)]
    settings.isBidirectional = random.index(below: 2) == 0
    settings.layers = random.integer(in: 1...2)
    let connections = settings.layers > 1 ? random.index(below: ConnectionKind.allCases.count) : 0
    settings.connections = ConnectionKind.allCases[connections]
    settings.feedback = random.index(below: 2) == 0 ? .softmax : .linear
    settings.embedding = random.integer(in: 1...4)
    settings.hidden = random.integer(in: 1...4)
    settings.dropout = DropoutSettings(0)
    return settings
  }
}
