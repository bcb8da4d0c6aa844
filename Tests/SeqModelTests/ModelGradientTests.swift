import SeqCore
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// The gradient of whole models, embedding included, against finite differences of the reference.
@Suite struct ModelGradientTests {
  static let vocabulary = 7
  static let classes = 4

  @Test(arguments: [Topology.pooled, .stepwise], 0..<40)
  func `random models in several shards have the reference's gradient`(topology: Topology, trial: Int) {
    let (run, batch, options) = model(topology, trial)
    for shards in [1, 3] {
      let loss = run.step(batch.shards(shards), options: options)
      for difference in run.differences(batch, loss: loss, options: options) {
        #expect(difference.relativeError < 5e-5, "\(shards) shards, \(run.settings): \(difference.name)")
      }
    }
  }

  @Test(arguments: [Topology.pooled, .stepwise], [0.5, 1, 2])
  func `a focal loss has the reference's gradient`(topology: Topology, gamma: Double) {
    var (run, batch, options) = model(topology, 1)
    (options.labelSmoothing, options.focalGamma, options.classWeights) = (0, gamma, [1, 0.5, 2, 1.5])
    let loss = run.step(batch.shards(2), options: options)
    for difference in run.differences(batch, loss: loss, options: options) {
      #expect(difference.relativeError < 5e-5, "\(difference.name)")
    }
    batch.labels[0] = batch.labels[0].map { _ in -1 }
    #expect(run.step(batch.shards(2), options: options).isFinite)
  }

  @Test(arguments: [Topology.pooled, .stepwise], [(0.1, 0.0), (2, 0), (1, 0.1)])
  func `a confidence penalty has the reference's gradient`(
    topology: Topology, strength: (beta: Double, smoothing: Double)
  ) {
    for weights in [nil, [1, 0.5, 2, 0] as [Float]] {
      var (run, batch, options) = model(topology, 1)
      (options.confidencePenalty, options.labelSmoothing) = strength
      options.classWeights = weights
      let loss = run.step(batch.shards(2), options: options)
      for difference in run.differences(batch, loss: loss, options: options) {
        #expect(difference.relativeError < 5e-5, "\(difference.name)")
      }
      let other = run.differences(batch, loss: loss, options: options.with(\.confidencePenalty, 0))
      #expect(other.contains { $0.relativeError > 1e-2 }, "the reference must see the penalty")
      batch.labels[0] = batch.labels[0].map { _ in -1 }
      #expect(run.step(batch.shards(2), options: options).isFinite)
    }
  }

  @Test(arguments: PoolingKind.allCases, [1, 2, 3, 20])
  func `chunks that are read one by one and weighed`(pooling: PoolingKind, chunk: Int) {
    var settings = ModelSettings.random(Seed(191).child(pooling.rawValue, chunk))
    (settings.cell, settings.pooling, settings.chunk) = (.gru, pooling, chunk)
    let run = ModelRun(topology: .pooled, settings: settings, vocabulary: 9, classes: 3, seed: Seed(193))
    var batch = TokenBatch(
      topology: .pooled, lengths: [7, 6, 5, 4, 4, 1], vocabulary: 9, classes: 3, seed: Seed(197))
    batch.chunk = chunk
    for shards in [1, 2] {
      let loss = run.step(batch.shards(shards))
      for difference in run.differences(batch, loss: loss, options: LossOptions()) {
        #expect(difference.relativeError < 5e-5, "\(shards) shards: \(difference.name)")
      }
    }
  }

  @Test(arguments: [CellKind.elman, .lstm, .gru, .jordan])
  func `a classifier that learns at each step, and predicts from the last`(cell: CellKind) {
    var settings = ModelSettings.random(Seed(151))
    (settings.cell, settings.outputs, settings.pooling, settings.isBidirectional) = (cell, .each, .last, false)
    let run = ModelRun(topology: .pooled, settings: settings, vocabulary: 7, classes: 3, seed: Seed(157))
    var batch = TokenBatch(
      topology: .pooled, lengths: [5, 4, 4, 2, 1], vocabulary: 7, classes: 3, seed: Seed(163))
    batch.repeatsLabels = true
    let loss = run.step(batch.shards(2))
    for difference in run.differences(batch, loss: loss, options: LossOptions()) {
      #expect(difference.relativeError < 5e-5, "\(difference.name)")
    }
    settings.outputs = .last
    let last = ModelRun(topology: .pooled, settings: settings, vocabulary: 7, classes: 3, seed: Seed(157))
    #expect(run.probabilities(batch) == last.probabilities(batch))
  }

  @Test(arguments: 0..<12)
  func `a tagger that is told the tag before has the reference's gradient`(trial: Int) {
    var settings = ModelSettings.random(Seed(167).child("trial", trial))
    (settings.cell, settings.isTeacherForced) = (.jordan, true)
    let run = ModelRun(topology: .stepwise, settings: settings, vocabulary: 7, classes: 4, seed: Seed(173))
    let batch = TokenBatch(topology: .stepwise, lengths: [6, 4, 1], vocabulary: 7, classes: 4, seed: Seed(179))
    let loss = run.step(batch.shards(2))
    for difference in run.differences(batch, loss: loss, options: LossOptions()) {
      #expect(difference.relativeError < 5e-5, "\(run.settings): \(difference.name)")
    }
  }

  @Test(arguments: 0..<24)
  func `a tagger with a CRF has the reference's gradient`(trial: Int) {
    let seed = Seed(181).child("trial", trial)
    var random = seed.generator
    var settings = ModelSettings.random(seed)
    settings.head = .crf
    let options = LossOptions(classWeights: trial % 2 == 0 ? random.floats(4, bound: 0.5).map { $0 + 1 } : nil)
    let run = ModelRun(topology: .stepwise, settings: settings, vocabulary: 7, classes: 4, seed: seed)
    let batch = TokenBatch(
      topology: .stepwise, lengths: random.lengths(random.integer(in: 1...7), in: 1...6), vocabulary: 7, classes: 4,
      seed: seed)
    for shards in [1, 3] where shards <= batch.tokens.count {
      let loss = run.step(batch.shards(shards), options: options)
      for difference in run.differences(batch, loss: loss, options: options) {
        #expect(difference.relativeError < 5e-5, "\(shards) shards, \(run.settings): \(difference.name)")
      }
    }
  }

  @Test(arguments: PoolingKind.allCases, [HeadKind.softmax, .crf])
  func `tags and a label beside them have the reference's gradient`(pooling: PoolingKind, head: HeadKind) {
    let seed = Seed(191).child(pooling.rawValue)
    var settings = ModelSettings.random(seed)
    var sentenceLabel = SentenceLabelSettings()
    (sentenceLabel.pooling, sentenceLabel.weight) = (pooling, 0.7)
    (settings.cell, settings.head, settings.sentenceLabel) = (.lstm, head, sentenceLabel)
    let run = ModelRun(
      topology: .stepwise, settings: settings, vocabulary: 7, classes: 4, seed: seed, sequenceLabels: 3)
    var batch = TokenBatch(topology: .stepwise, lengths: [5, 4, 4, 1], vocabulary: 7, classes: 4, seed: seed)
    for s in batch.labels.indices { batch.labels[s].append(s % 3) }
    batch.hasSequenceLabels = true
    let loss = run.step(batch.shards(2))
    for difference in run.differences(batch, loss: loss, options: LossOptions()) {
      #expect(difference.relativeError < 5e-5, "\(run.settings): \(difference.name)")
    }
  }

  @Test(arguments: [Topology.pooled, .stepwise])
  func `one sequence, of one token or of several`(topology: Topology) {
    for lengths in [[1], [4], [1, 1, 1]] {
      var settings = ModelSettings.random(Seed(101))
      settings.cell = .gru
      let run = ModelRun(topology: topology, settings: settings, vocabulary: 5, classes: 3, seed: Seed(103))
      let batch = TokenBatch(topology: topology, lengths: lengths, vocabulary: 5, classes: 3, seed: Seed(107))
      let loss = run.step(batch.shards())
      for difference in run.differences(batch, loss: loss, options: LossOptions()) {
        #expect(difference.relativeError < 5e-5, "\(lengths): \(difference.name)")
      }
    }
  }

  @Test(arguments: [Topology.pooled, .stepwise])
  func `a token that is repeated within sequences and across shards`(topology: Topology) {
    let run = ModelRun(topology: topology, settings: .random(Seed(109)), vocabulary: 20, classes: 3, seed: Seed(113))
    var batch = TokenBatch(topology: topology, lengths: [5, 4, 4, 2, 1], vocabulary: 20, classes: 3, seed: Seed(127))
    batch.tokens = batch.tokens.map { $0.map { $0 % 2 == 0 ? 17 : 1 } }  // both belong to task 1 of the embedding's
    let loss = run.step(batch.shards(2))
    for difference in run.differences(batch, loss: loss, options: LossOptions()) {
      #expect(difference.relativeError < 5e-5, "\(difference.name)")
    }
  }

  @Test func `unlabelled tokens cost nothing`() {
    let (run, drawn, options) = model(.stepwise, 3)
    var batch = drawn
    batch.labels = batch.labels.map { $0.enumerated().map { $0 % 2 == 0 ? $1 : -1 } }
    let loss = run.step(batch.shards(2), options: options)
    for difference in run.differences(batch, loss: loss, options: options) {
      #expect(difference.relativeError < 5e-5, "\(difference.name)")
    }
  }

  @Test func `the embedding gradient of tokens that do not occur is zero, also after a batch where they did`() {
    let (run, _, _) = model(.pooled, 5)
    for tokens in [[[0, 1, 2], [3]], [[4, 4], [2]]] {
      var batch = TokenBatch(topology: .pooled, lengths: [3, 1], vocabulary: 7, classes: 4, seed: Seed(3))
      batch.tokens = tokens
      _ = run.step(batch.shards())
      for id in 0..<Self.vocabulary {
        let row = run.gradient[run.model.embedding].row(id)
        #expect(row.contains { $0 != 0 } == tokens.joined().contains(id), "token \(id) of \(tokens)")
      }
    }
  }

  @Test(arguments: [Topology.pooled, .stepwise])
  func `a mutated gradient is detected`(topology: Topology) {
    let (run, batch, options) = model(topology, 0)
    let loss = run.step(batch.shards(3), options: options)
    for slot in run.model.layout.slots {
      let values = run.gradient[slot]
      let largest = values.elements.indices.max { abs(values.elements[$0]) < abs(values.elements[$1]) } ?? 0
      let (row, column) = (largest / slot.columns, largest % slot.columns)
      let right = values[row, column]
      values[row, column] = right * 1.01 + 1e-5
      let found = run.differences(batch, loss: loss, options: options).first { $0.name == slot.name }
      #expect((found?.relativeError ?? 0) > 1e-3 && found?.worstIndex == largest, "\(slot.name)")
      values[row, column] = right
    }
  }

  /// A model and a batch of 2 to 9 sequences, drawn; class weights and label smoothing in half of the cases.
  private func model(_ topology: Topology, _ trial: Int) -> (ModelRun, TokenBatch, LossOptions) {
    let seed = Seed(131).child(topology == .pooled ? "classification" : "tagging", trial)
    var random = seed.generator
    let lengths = random.lengths(random.integer(in: 3...9), in: 1...6)
    let weights = random.floats(Self.classes, bound: 0.5).map { $0 + 1 }
    let options = LossOptions(classWeights: random.index(below: 2) == 0 ? weights : nil)
      .with(\.labelSmoothing, random.index(below: 2) == 0 ? 0.1 : 0)
    return (
      ModelRun(
        topology: topology, settings: .random(seed), vocabulary: Self.vocabulary, classes: Self.classes, seed: seed),
      TokenBatch(topology: topology, lengths: lengths, vocabulary: Self.vocabulary, classes: Self.classes, seed: seed),
      options
    )
  }
}
