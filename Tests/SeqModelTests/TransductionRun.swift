import SeqCore
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTestSupport

/// Pairs of token ids: a source, and its target without its end.
struct PairBatch: Sendable {
  var sources: [[Int]]
  var targets: [[Int]]

  /// Drawn pairs; tokens are above the two special ones.
  init(lengths: [(Int, Int)], vocabulary: Int, classes: Int, seed: Seed) {
    var random = seed.child("pairs").generator
    sources = lengths.map { length, _ in (0..<length).map { _ in 2 + random.index(below: vocabulary - 2) } }
    targets = lengths.map { _, length in (0..<length).map { _ in 2 + random.index(below: classes - 2) } }
  }

  /// The pairs in `count` shards: the longest source first, dealt out in turns.
  func shards(_ count: Int = 1) -> [Shard] {
    let sorted = sources.indices.sorted { (-sources[$0].count, $0) < (-sources[$1].count, $1) }
    return (0..<count).map { first in
      let shard = Shard()
      let positions = stride(from: first, to: sorted.count, by: count).map { sorted[$0] }
      shard.fill(
        positions: positions[...], length: { sources[$0].count }, token: { Int32(sources[$0][$1]) },
        topology: .encoderDecoder, labelCount: { targets[$0].count + 1 },
        label: { $1 < targets[$0].count ? Int32(targets[$0][$1]) : TargetRows.end })
      return shard
    }
  }
}

/// An encoder–decoder with weights drawn from a seed, and one step of its training without the optimiser.
final class TransductionRun {
  static let vocabulary = 8
  static let classes = 7

  let model: TransductionModel
  let settings: ModelSettings
  let weights: Weights
  let gradient: ParameterVector
  private(set) var passes: [TransductionPass] = []
  private let team: WorkerTeam

  init(_ settings: ModelSettings, seed: Seed, threads: Int = 1, bound: Float = 0.8) {
    self.settings = settings
    model = TransductionModel(settings: settings, vocabularySize: Self.vocabulary, targetSize: Self.classes)
    weights = Weights(ParameterVector(model.layout), training: true)
    gradient = ParameterVector(model.layout)
    team = WorkerTeam(width: threads)
    for slot in model.layout.slots {
      var random = seed.child(slot.name).generator
      weights[slot].copy(from: random.floats(weights[slot].count, bound: bound))
    }
    weights.refresh(team)
  }

  /// Computes the mean loss of a batch and its gradient, shard by shard.
  func step(_ shards: [Shard], options: LossOptions = LossOptions(), mode: Mode = .training(seed: Seed(1))) -> Double {
    while passes.count < shards.count { passes.append(model.makePass(team)) }
    let (passes, weights, partials) = (passes, weights, Partials())
    let scale = 1 / shards.reduce(0) { $0 + options.denominator(of: $1.labels) }
    partials.reset(shards.count)
    team.run(shards.count) {
      partials[$0] = passes[$0].step(shards[$0], weights: weights, mode: mode, scale: scale, options: options)
    }
    let (gradient, embedding, tasks) = (gradient, EmbeddingGradient(model.embedding), model.gradientTasks)
    gradient.flat.fill(0)
    var rows = BatchRows()
    rows.collect(shards[...])
    for task in 0..<embedding.taskCount(rows) {
      _ = embedding.accumulate(task: task, rows, passes: passes, into: gradient)
    }
    team.run(tasks.count) { i in
      for s in shards.indices { passes[s].accumulate(tasks[i], into: gradient, adding: s > 0) }
    }
    return partials.sum(shards.count)
  }

  /// The gradient of each weight against the reference's finite differences at some elements, and the loss.
  /// - Parameter shards: those of the last step; inputs that it has sampled are taken from its passes.
  func differences(_ shards: [Shard], loss: Double, _ options: LossOptions = LossOptions()) -> [GradientDifference] {
    var network = ReferenceTransducer(
      encoder: ReferenceEncoder(
        cell: settings.referenceCell, hidden: settings.hidden, layers: settings.layers,
        isBidirectional: settings.isBidirectional),
      cell: settings.decoderCell, hidden: settings.decoder.hidden ?? settings.hidden)
    network.layers = settings.decoder.layers ?? settings.layers
    network.attention = ReferenceAttention(rawValue: settings.decoder.attention.rawValue)
    network.feedsInput = settings.decoder.feedsInput
    network.loss = ReferenceLoss(options.numbers)
    let pairs = zip(shards, passes).flatMap { Self.pairs(of: $0, inputs: $1.inputs) }
    let features = ReferenceTransducer.Features(
      source: settings.embedding, target: settings.decoder.embedding ?? settings.embedding)
    let parameters = ReferenceParameters(
      Dictionary(uniqueKeysWithValues: model.layout.slots.map { ($0.name, weights[$0].elements.doubles) }))
    let referenceLoss = { (parameters: ReferenceParameters) in network.loss(of: pairs, features, parameters) }
    let first = GradientDifference(name: "loss", found: [loss], expected: [referenceLoss(parameters)])
    return [first]
      + model.layout.slots.map { slot in
        let found = gradient[slot].elements.doubles
        let indices = Self.some(of: found.count, Seed(5).child(slot.name))
        return GradientDifference(
          name: slot.name, found: indices.map { found[$0] },
          expected: parameters.finiteDifference(of: slot.name, at: indices, referenceLoss))
      }
  }

  /// The pairs of a shard, with what went into the decoder.
  private static func pairs(of shard: Shard, inputs: [Int32]) -> [ReferenceTransducer.Pair] {
    let targets = shard.targets
    return (0..<targets.shape.sequences).map { s in
      let source = Int(targets.sources[s])
      let rows = (0..<targets.shape.lengths[s]).map { targets.shape.row(sequence: s, step: $0) }
      return .init(
        source: (0..<shard.shape.lengths[source]).map { Int(shard.ids[shard.shape.row(sequence: source, step: $0)]) },
        inputs: rows.map { Int(inputs[$0]) }, labels: rows.map { Int(shard.labels[$0]) })
    }
  }

  /// Up to 20 of `count` elements.
  private static func some(of count: Int, _ seed: Seed) -> [Int] {
    var all = Array(0..<count)
    all.shuffle(seed: seed)
    return Array(all.prefix(20))
  }
}

extension ModelSettings {
  fileprivate var decoderCell: ReferenceCell {
    var own = self
    own.cell = decoder.cell ?? cell
    return own.referenceCell
  }

  /// A small encoder–decoder without dropout.
  static func transduction(
    cell: CellKind, attention: AttentionKind, feedsInput: Bool, layers: Int = 1, isBidirectional: Bool = true
  ) -> ModelSettings {
    var settings = ModelSettings()
    settings.cell = cell
    settings.embedding = 3
    settings.hidden = 3
    settings.layers = layers
    settings.isBidirectional = isBidirectional
    settings.dropout = DropoutSettings(0)
    settings.decoder.attention = attention
    settings.decoder.feedsInput = feedsInput && attention != .none
    settings.decoder.hidden = attention == .dot ? (isBidirectional ? 6 : 3) : 4
    settings.decoder.embedding = 2
    return settings
  }
}

extension ModelSettings {
  fileprivate var referenceCell: ReferenceCell {
    guard let cell = ReferenceCell(named: cell.rawValue, activation: activation.rawValue) else {
      fatalError("the reference has no \(cell)")
    }
    return cell
  }
}
