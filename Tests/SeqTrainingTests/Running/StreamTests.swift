import SeqCore
import SeqLayers
import SeqModel
import SeqPrediction
import SeqRecords
import SeqTensor
import SeqTraining
import Testing

/// One long text, read in parallel streams that carry their state from window to window.
struct StreamTests {
  static let start: Int32 = 11

  private static func text(_ count: Int) -> [Int32] {
    var generator = Seed(5).generator
    var (token, text): (Int, [Int32]) = (0, [])
    for _ in 0..<count {
      token = (3 * token + generator.index(below: 2)) % 9
      text.append(Int32(2 + token))
    }
    return text
  }

  @Test(arguments: [(1, 1), (7, 3), (100, 8), (101, 8), (103, 16), (97, 5), (3, 16)], [1, 4, 10, 200])
  func everyTokenIsPredictedOnceFromTheOneBefore(size: (tokens: Int, streams: Int), window: Int) {
    for context in [0, 3] {
      let text = (0..<size.tokens).map { Int32(1000 + $0) }
      let data = EncodedDataset(
        stream: text, startSymbol: 7, streams: size.streams, window: window, context: context)
      let streams = min(size.streams, size.tokens)
      #expect(data.streams == streams && data.count % streams == 0)
      var predicted: [Int32] = []
      for stream in 0..<streams {
        var before: Int32 = 7
        for sequence in stride(from: stream, to: data.count, by: streams) {
          #expect(data.length(sequence) == data.length(sequence - stream), "all windows of a batch are equally long")
          for step in 0..<data.length(sequence) {
            let (token, label) = (data.token(sequence, step), data.label(sequence, step))
            if before != 7 { #expect(token == before + 1 || step == 0 && sequence == stream) }
            if label >= 0 {
              #expect(token == 7 || label == token + 1)
              predicted.append(label)
            }
            before = token
          }
        }
      }
      #expect(predicted.sorted() == text)
    }
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let one = try fitted(threads: 1)
    let three = try fitted(threads: 3)
    #expect(one.weights.vector.numbers == three.weights.vector.numbers)
    #expect(one.state == three.state)
    #expect(one.state.history.map(\.trainLoss).last! < one.state.history[0].trainLoss)
  }

  @Test func theStateMattersAndIsCarried() throws {
    // The same windows, each beginning anew.
    let carried = try fitted(threads: 1)
    let data = Self.data()
    let alone = Self.trainer(data.prefix(data.count))
    _ = try alone.run()
    #expect(alone.carried == nil)
    #expect(alone.weights.vector.numbers != carried.weights.vector.numbers)
  }

  @Test func anInterruptedFitGoesOnToTheSameBits() throws {
    let whole = try fitted(threads: 2)
    for stop in [3, 9, 14] {
      var asked = 0
      var collaborators = Trainer.Collaborators()
      collaborators.shouldStop = {
        asked += 1
        return asked > stop
      }
      let first = Self.trainer(Self.data(), threads: 1, collaborators)
      #expect(try first.run() == .interrupted)
      let second = Self.trainer(Self.data(), threads: 3)
      second.weights.vector.flat.copy(from: first.weights.vector.flat)
      second.best.flat.copy(from: first.best.flat)
      for (old, new) in zip(first.optimizer.moments, second.optimizer.moments) {
        if let old { new?.flat.copy(from: old.flat) }
      }
      let state = try #require(first.carried).vector
      #expect(state.numbers.contains { $0 != 0 } || first.state.batch == 0)
      try #require(second.carried).vector.flat.copy(from: state.flat)
      second.resume(first.state)
      #expect(try second.run() == .completed)
      #expect(second.weights.vector.numbers == whole.weights.vector.numbers, "stopped before batch \(stop)")
      #expect(second.state == whole.state)
    }
  }

  @Test func theLikelihoodOfAStreamIsThatOfOneLongSequence() {
    let (model, weights) = Self.model()
    let text = Self.text(300)
    var whole = EncodedDataset(isTagged: true)
    whole.append(ids: [Self.start] + text.dropLast(), labels: text)
    let one = Self.likelihood(model, weights, whole, threads: 1)
    #expect(one.tokens == 300)
    for window in [1, 7, 300] {
      let data = EncodedDataset(stream: text, startSymbol: Self.start, streams: 1, window: window)
      let (nats, tokens) = Self.likelihood(model, weights, data, threads: 2)
      #expect(tokens == 300 && abs(nats - one.nats) < 1e-6 * one.nats, "windows of \(window)")
    }
    // Streams that read enough before their own part have forgotten that they began elsewhere.
    let data = EncodedDataset(stream: text, startSymbol: Self.start, streams: 20, window: 16, context: 60)
    let (nats, tokens) = Self.likelihood(model, weights, data, threads: 3)
    #expect(tokens == 300 && abs(nats - one.nats) < 1e-4 * one.nats)
  }

  @Test func theLikelihoodIsTheSameOnAnyNumberOfThreads() {
    let (model, weights) = Self.model()
    let data = Toy.data(.stepwise, count: 300)
    let one = Self.likelihood(model, weights, data, threads: 1)
    #expect(one.tokens == data.tokenCount)
    #expect(Self.likelihood(model, weights, data, threads: 3) == one)
  }

  // MARK: - Helpers

  private static func model() -> (SequenceModel, Weights) {
    var settings = ModelSettings()
    (settings.embedding, settings.hidden, settings.layers, settings.isBidirectional) = (5, 6, 2, false)
    settings.dropout = DropoutSettings(0.1)
    let model = SequenceModel(topology: .stepwise, settings: settings, vocabularySize: 12, classes: 11)
    return (model, Toy.weights(of: model))
  }

  private static func likelihood(
    _ model: SequenceModel, _ weights: Weights, _ data: EncodedDataset, threads: Int
  ) -> (nats: Double, tokens: Int) {
    let team = WorkerTeam(width: threads)
    weights.refresh(team)
    return Predictor(model: model, weights: weights, team: team).likelihood(of: data)
  }

  private static func data() -> EncodedDataset {
    EncodedDataset(stream: text(20 * 33), startSymbol: start, streams: 20, window: 7)
  }

  private static func trainer(
    _ data: EncodedDataset, threads: Int = 1, _ collaborators: Trainer.Collaborators = .init()
  ) -> Trainer {
    Trainer(
      model: model().0, data: data, settings: Toy.settings(epochs: 3) { $0.batch = .sequences(20) },
      options: LossOptions(), team: WorkerTeam(width: threads), collaborators: collaborators)
  }

  private func fitted(threads: Int) throws -> Trainer {
    let trainer = Self.trainer(Self.data(), threads: threads)
    _ = try trainer.run()
    return trainer
  }
}
