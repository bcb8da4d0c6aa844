import SeqCore
import SeqLayers
import SeqModel
import SeqPrediction
import SeqRecords
import SeqTensor
import SeqTraining
import Testing

/// Training with several features of a token.
struct TokenFeatureTests {
  private static let words = 30, wordForms = 40, rows = [30, 9, 9, 12, 50, 5, 30]

  /// A feature of each sort.
  static var features: [FeatureSettings] {
    var word = WordFeature()
    word.size = 5
    var lstm = CharacterLSTMFeature()
    (lstm.embedding, lstm.hidden) = (4, 3)
    var cnn = CharacterCNNFeature()
    (cnn.embedding, cnn.filters, cnn.width) = (3, 4, 3)
    var suffix = AffixFeature()
    suffix.size = 3
    var ngrams = NGramFeature()
    (ngrams.size, ngrams.buckets) = (4, 50)
    var column = ColumnFeature(.index(2))
    column.size = 2
    var frozen = WordFeature()
    (frozen.size, frozen.isTrainable) = (3, false)
    return [
      .word(word), .characterLSTM(lstm), .characterCNN(cnn), .suffix(suffix), .ngrams(ngrams), .column(column),
      .word(frozen),
    ]
  }

  private static func model(_ topology: Topology = .stepwise, dropout: Double = 0) -> SequenceModel {
    var settings = ModelSettings()
    (settings.features, settings.hidden, settings.dropout) = (features, 6, DropoutSettings(dropout))
    return SequenceModel(topology: topology, settings: settings, vocabularySize: words, classes: 3, featureRows: rows)
  }

  private static func data(_ count: Int, seed: UInt64 = 1) -> EncodedDataset {
    var random = Seed(seed).generator
    var data = EncodedDataset(isTagged: true, extras: 2)
    var table = WordFormTable(traits: 3)
    for _ in 1..<wordForms {
      table.append { trait, ids in
        let count = trait == 1 ? 1 : 1 + random.index(below: 8)
        let bound = [9, 12, 50][trait]
        for _ in 0..<count { ids.append(Int32(random.index(below: bound))) }
      }
    }
    data.wordForms = table
    for _ in 0..<count {
      let length = 1 + random.index(below: 9)
      let forms = (0..<length).map { _ in Int32(random.index(below: wordForms)) }
      data.append(
        ids: forms.map { 2 + $0 % Int32(words - 2) }[...], labels: forms.map { $0 % 3 }[...],
        extras: [forms[...], forms.map { $0 % 5 }[...]])
    }
    return data
  }

  private static func start(_ model: SequenceModel) -> Weights {
    let vector = ParameterVector(model.layout)
    vector.initialize(seed: Seed(7))
    let weights = Weights(vector, training: true)
    weights.refresh(WorkerTeam(width: 1))
    return weights
  }

  /// The gradient of a batch in several shards is the mean of those of its sequences, each alone.
  @Test func shardsAddUp() {
    let (model, data) = (Self.model(), Self.data(37))
    let whole = DataParallel(model: model, weights: Self.start(model), team: WorkerTeam(width: 2))
    _ = whole.step(Array(0..<37)[...], of: data, seed: Seed(1), options: LossOptions())
    let single = DataParallel(model: model, weights: Self.start(model), team: WorkerTeam(width: 1))
    var sum = [Double](repeating: 0, count: model.layout.count)
    for sequence in 0..<37 {
      _ = single.step([sequence], of: data, seed: Seed(1), options: LossOptions())
      let share = Double(data.length(sequence)) / Double(data.tokenCount)
      for (i, value) in single.gradient.flat.elements.enumerated() { sum[i] += share * Double(value) }
    }
    for slot in model.layout.slots {
      let found = whole.gradient[slot].elements.map(Double.init)
      let expected = Array(sum[slot.range])
      let scale = expected.reduce(1e-3) { max($0, abs($1)) }
      let error = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
      #expect(error < 1e-4 * scale, "\(slot.name)")
      let isFrozen = model.frozen.contains { $0.index == slot.index }
      #expect(isFrozen == expected.allSatisfy { $0 == 0 }, "\(slot.name)")
    }
  }

  private static func fit(threads: Int, noise: TokenNoise?, rule: OptimizerKind = .adam) throws -> [Float] {
    var settings = TrainingSettings()
    (settings.epochs, settings.batch, settings.optimizer) = (3, .sequences(24), OptimizerSettings(rule))
    let trainer = Trainer(
      model: model(dropout: 0.2), data: data(60), settings: settings, options: LossOptions(), noise: noise,
      team: WorkerTeam(width: threads), collaborators: .init())
    _ = try trainer.run()
    return trainer.weights.vector.flat.elements
  }

  @Test func threadsDoNotMatter() throws {
    let noise = TokenNoise(replacing: 10..<20, by: 1, rate: 0.5)
    let expected = try Self.fit(threads: 1, noise: noise)
    #expect(try Self.fit(threads: 3, noise: noise) == expected)
    #expect(try Self.fit(threads: 1, noise: nil) != expected)
  }

  @Test func whatIsFrozenStays() throws {
    let model = Self.model()
    let vector = ParameterVector(model.layout)
    vector.initialize(seed: Seed(1).child("weights"))
    let slot = try #require(model.frozen.first)
    for rule in [OptimizerKind.adamw, .sgd] {
      let fitted = try Self.fit(threads: 1, noise: nil, rule: rule)
      #expect(Array(fitted[slot.range]) == vector[slot].elements)
    }
  }

  /// What is predicted for a sequence does not depend on its neighbours.
  @Test func aPredictionIsItsOwn() {
    let (model, data) = (Self.model(), Self.data(40))
    let weights = Self.start(model)
    let best = SharedArray<Float>()
    best.reset(data.tokenCount, to: 0)
    func run(_ team: WorkerTeam) -> [Float] {
      Predictor(model: model, weights: weights, team: team).predict(data) { sequence, prediction in
        for step in 0..<prediction.count { best[data.start(sequence) + step] = prediction.probabilities(step)[0, 1] }
      }
      return best.elements
    }
    #expect(run(WorkerTeam(width: 1)) == run(WorkerTeam(width: 3)))
  }
}
