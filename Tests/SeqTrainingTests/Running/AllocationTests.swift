import CMallocCounter
import SeqCore
import SeqLayers
import SeqModel
import SeqPrediction
import SeqRecords
import SeqTensor
import SeqTraining
import Testing

/// Nothing allocates in a step of a fit: batches are prepared, gradients computed and clipped, rows of the embedding
/// brought up to date, weights moved and progress told with the memory that is there.
@Suite(
  .enabled(if: !isDebug, "the compiler's debug code allocates"),
  .enabled(if: malloc_counter_value() > 0, "malloc cannot be replaced here"))
struct TrainerAllocationTests {
  static let variants: [(Topology, OptimizerKind, isLazy: Bool)] = [
    (.pooled, .adam, false), (.stepwise, .adam, true), (.pooled, .amsgrad, false),
    (.stepwise, .nadam, false), (.pooled, .sgd, false), (.stepwise, .adagrad, false), (.bag, .adam, false),
  ]

  @Test(arguments: variants) func aStepAllocatesNothing(topology: Topology, kind: OptimizerKind, isLazy: Bool) throws {
    for (batch, size) in [(20, 40), (1, 300)] {
      let settings = Toy.settings(epochs: 4) {
        $0.batch = .sequences(batch)
        $0.optimizer = OptimizerSettings(kind)
        $0.optimizer.isLazy = isLazy
        $0.schedule.kind = .cosine
        $0.clip = 0.1
      }
      #expect(try allocations(topology, settings, sequences: size) == 0, "batches of \(batch)")
    }
  }

  @Test func aWindowOfParallelStreamsAllocatesNothing() throws {
    let settings = Toy.settings(epochs: 4) { $0.batch = .sequences(20) }
    let text = (0..<20 * 50).map { Int32($0 % 3) }
    let data = EncodedDataset(stream: text, startSymbol: 3, streams: 20, window: 5)
    let model = Toy.model(.stepwise, vocabularySize: 10) { $0.isBidirectional = false }
    #expect(try allocations(model, data, settings) == 0)
  }

  /// With several features of a token, an average of the weights and batches that are added up.
  @Test func aStepOfFeaturesAllocatesNothing() throws {
    let settings = Toy.settings(epochs: 4) {
      $0.batch = .sequences(20)
      $0.averaging.kind = .ema
      $0.accumulate = 2
    }
    let words = 200
    var model = ModelSettings()
    (model.features, model.hidden, model.dropout) = (TokenFeatureTests.features, 6, DropoutSettings(0.2))
    let network = SequenceModel(
      topology: .stepwise, settings: model, vocabularySize: words, classes: 3,
      featureRows: [words, 9, 9, words, 50, 5, words])
    var data = EncodedDataset(isTagged: true, extras: 2)
    data.wordForms = wordForms(words)
    for sequence in 0..<40 {
      let ids = (0..<5).map { Int32(sequence * 5 + $0) }
      data.append(
        ids: ids[...], labels: ids.map { $0 % 3 }[...], extras: [ids.map { $0 + 1 }[...], ids.map { $0 % 5 }[...]])
    }
    #expect(try allocations(network, data, settings) == 0)
  }

  /// All of four characters, one suffix and three n-grams.
  private func wordForms(_ count: Int) -> WordFormTable {
    var table = WordFormTable(traits: 3)
    for word in 0..<count {
      table.append { trait, ids in
        switch trait {
        case 0: for k in 0..<4 { ids.append(Int32((word + k) % 9)) }
        case 1: ids.append(Int32(word))
        default: for k in 0..<3 { ids.append(Int32(k * 16 + word % 16)) }
        }
      }
    }
    return table
  }

  @Test func anAllocationIsCounted() throws {
    let settings = Toy.settings(epochs: 3) { $0.batch = .sequences(20) }
    #expect(try allocations(.stepwise, settings, sequences: 40, inEveryStep: { _ = FloatBuffer(capacity: 99) }) > 0)
  }

  /// Allocations from step to step after the first two epochs, in which buffers grow.
  ///
  /// All sequences are as long as each other and no token occurs twice, so that all batches are alike. A batch has two
  /// shards or, in an epoch that is longer than the optimiser's memory of steps, one.
  private func allocations(
    _ topology: Topology, _ settings: TrainingSettings, sequences: Int, inEveryStep: @escaping () -> Void = {}
  ) throws -> UInt64 {
    let length = 5
    return try allocations(
      Toy.model(topology, vocabularySize: sequences * length), data(topology, sequences, length), settings,
      inEveryStep: inEveryStep)
  }

  private func allocations(
    _ model: SequenceModel, _ data: EncodedDataset, _ settings: TrainingSettings,
    inEveryStep: @escaping () -> Void = {}
  ) throws -> UInt64 {
    var (sum, last) = (UInt64(0), UInt64?.none)
    var collaborators = Trainer.Collaborators()
    collaborators.listener = { event in
      guard case .progress(let progress) = event, progress.epoch > 2 else {
        last = nil
        return
      }
      if let last { sum += malloc_counter_thread_value() - last }
      last = malloc_counter_thread_value()
      inEveryStep()
    }
    _ = try Trainer(
      model: model, data: data, settings: settings, options: LossOptions().with(\.labelSmoothing, 0.1),
      team: WorkerTeam(width: 1), collaborators: collaborators
    ).run()
    return sum
  }

  private func data(_ topology: Topology, _ sequences: Int, _ length: Int) -> EncodedDataset {
    var data = EncodedDataset(isTagged: topology == .stepwise)
    for sequence in 0..<sequences {
      let ids = (0..<length).map { Int32(sequence * length + $0) }
      data.append(ids: ids, labels: topology == .stepwise ? ids.map { $0 % 3 } : [ids[0] % 3])
    }
    return data
  }
}

/// Nothing allocates in a prediction, once buffers have grown.
@Suite(
  .enabled(if: !isDebug, "the compiler's debug code allocates"),
  .enabled(if: malloc_counter_value() > 0, "malloc cannot be replaced here"))
struct PredictorAllocationTests {
  @Test(arguments: [Topology.pooled, .stepwise], [1, 200])
  func aPredictionAllocatesNothing(topology: Topology, sequences: Int) {
    let data = Toy.data(topology, count: sequences)
    let model = Toy.model(topology)
    // On this thread alone, as only its allocations are counted.
    let team = WorkerTeam(width: 1)
    let weights = Toy.weights(of: model)
    weights.refresh(team)
    let predictor = Predictor(model: model, weights: weights, team: team)
    let best = SharedArray<Int32>()
    best.reset(data.labelCount, to: -1)
    func predict() {
      predictor.predict(data) { sequence, prediction in
        for step in 0..<prediction.count { best[data.firstLabel(sequence) + step] = Int32(prediction.best(step)) }
      }
    }
    for _ in 0..<2 { predict() }
    let before = malloc_counter_thread_value()
    for _ in 0..<10 { predict() }
    #expect(malloc_counter_thread_value() == before)
    #expect(best.elements.allSatisfy { 0 <= $0 && $0 < Toy.classes })
  }
}

private var isDebug: Bool {
  #if DEBUG
    true
  #else
    false
  #endif
}
