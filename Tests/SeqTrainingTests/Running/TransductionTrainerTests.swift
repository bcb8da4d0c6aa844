import SeqCore
import SeqLayers
import SeqModel
import SeqPrediction
import SeqRecords
import SeqTensor
import SeqTraining
import Testing

/// An encoder–decoder goes through the same trainer as every other network.
@Suite struct TransductionTrainerTests {
  /// Reversing needs more than a look at the last state, and is learned by heart from few pairs.
  @Test(arguments: [(CellKind.lstm, AttentionKind.general), (.gru, .additive), (.elman, .none), (.lstm, .dot)])
  func `a few pairs are learned by heart`(cell: CellKind, attention: AttentionKind) throws {
    let data = Self.reversals(12)
    let trainer = Self.trainer(data, cell, attention) { $0.epochs = attention == .none ? 250 : 120 }
    #expect(try trainer.run() == .completed)
    let written = Self.written(Self.model(cell, attention), trainer.weights, data)
    let expected = (0..<data.count).map { pair in (0..<data.labelCount(pair) - 1).map { data.label(pair, $0) } }
    #expect(written == expected)
  }

  @Test func `the same bits for any number of threads, with dropout and sampling`() throws {
    let runs = try [1, 2, 3].map { threads in
      let trainer = Self.trainer(Self.reversals(40), .lstm, .general, threads: threads, dropout: 0.2) {
        $0.epochs = 3
        $0.batch = .sequences(40)
        $0.sampling.rate = 0.3
      }
      _ = try trainer.run()
      return trainer.weights.vector.flat.elements
    }
    #expect(runs[0] == runs[1] && runs[0] == runs[2])
  }

  @Test func `a fit that is taken up again gives the same bits`() throws {
    let change = { (settings: inout TrainingSettings) in
      settings.epochs = 4
      settings.sampling.kind = .linear
      settings.sampling.rate = 0.5
      settings.sampling.epochs = 2
      settings.schedule.kind = .linear
    }
    let data = Self.reversals(30)
    let whole = Self.trainer(data, .gru, .general, dropout: 0.1, change)
    _ = try whole.run()
    var batches = 0
    var collaborators = Trainer.Collaborators()
    collaborators.shouldStop = {
      batches += 1
      return batches == 12
    }
    let first = Self.trainer(data, .gru, .general, dropout: 0.1, collaborators: collaborators, change)
    #expect(try first.run() == .interrupted)
    let second = Self.trainer(data, .gru, .general, dropout: 0.1, change)
    second.weights.vector.flat.copy(from: first.weights.vector.flat)
    second.best.flat.copy(from: first.best.flat)
    for (to, from) in zip(second.optimizer.moments, first.optimizer.moments) {
      if let to, let from { to.flat.copy(from: from.flat) }
    }
    second.resume(first.state)
    _ = try second.run()
    #expect(second.weights.vector.flat.elements == whole.weights.vector.flat.elements)
    #expect(second.state.history == whole.state.history)
  }

  @Test func `shares of sampled inputs grow as their kind says`() {
    var settings = ScheduledSamplingSettings()
    settings.rate = 0.4
    settings.epochs = 4
    func rates(_ kind: SamplingKind) -> [Double] {
      settings.kind = kind
      return [0, 2, 4, 100].map { settings.rate(epoch: $0) }
    }
    #expect(rates(.constant) == [0.4, 0.4, 0.4, 0.4])
    #expect(rates(.linear) == [0, 0.2, 0.4, 0.4])
    for kind in [SamplingKind.exponential, .sigmoid] {
      let found = rates(kind)
      #expect(found == found.sorted() && found[0] < 0.01 && found[3] > 0.399 && found[3] <= 0.4)
    }
    #expect(rates(.sigmoid)[2] == 0.2)
  }

  private static let vocabulary = 8

  /// Sequences of 1 to 5 tokens and the same backwards, all distinct.
  private static func reversals(_ count: Int) -> EncodedDataset {
    var generator = Seed(251).generator
    var data = EncodedDataset.pairs
    var seen = Set<[Int32]>()
    while data.count < count {
      let ids = (0...generator.index(below: 5)).map { _ in Int32(2 + generator.index(below: vocabulary - 2)) }
      guard seen.insert(ids).inserted else { continue }
      data.append(ids: ids[...], labels: (ids.reversed() + [TargetRows.end])[...])
    }
    return data
  }

  private static func model(_ cell: CellKind, _ attention: AttentionKind, dropout: Double = 0) -> TransductionModel {
    var settings = ModelSettings()
    settings.cell = cell
    settings.embedding = 8
    settings.hidden = 16
    settings.dropout = DropoutSettings(dropout)
    settings.decoder.attention = attention
    settings.decoder.feedsInput = attention != .none
    settings.decoder.hidden = 32
    return TransductionModel(settings: settings, vocabularySize: vocabulary, targetSize: vocabulary)
  }

  private static func trainer(
    _ data: EncodedDataset, _ cell: CellKind, _ attention: AttentionKind, threads: Int = 1, dropout: Double = 0,
    collaborators: Trainer.Collaborators = .init(), _ change: (inout TrainingSettings) -> Void
  ) -> Trainer {
    Trainer(
      model: model(cell, attention, dropout: dropout), data: data, settings: Toy.settings(epochs: 1, change),
      options: LossOptions(), team: WorkerTeam(width: threads), collaborators: collaborators)
  }

  /// What greedy search writes for each source.
  private static func written(_ model: TransductionModel, _ weights: Weights, _ data: EncodedDataset) -> [[Int32]] {
    let team = WorkerTeam(width: 2)
    weights.refresh(team)
    var settings = DecodingSettings()
    (settings.beam, settings.maximumLength) = (1, 12)
    let found = SharedArray<Int32>()
    found.reset(data.count * 13, to: -1)
    Transcriber(model: model, weights: weights, team: team).write(data, .init(settings)) { sequence, texts in
      for (i, token) in texts[0].tokens.enumerated() { found[sequence * 13 + i] = token }
    }
    return (0..<data.count).map { s in found.elements[s * 13..<(s + 1) * 13].prefix { $0 >= 0 }.map { $0 } }
  }
}
