package import SeqData
package import SeqModel
package import SeqTensor

/// Runs a model over many sequences on a team of threads and gives the results in input order.
package final class Predictor {
  /// Sequences that are worked on at a time.
  package static let window = 512
  /// Tokens that are worked on at a time, or one sequence that is longer: the memory of the passes goes by them.
  package static let windowTokens = 16_384

  private let model: SequenceModel
  private let weights: Weights
  private let team: WorkerTeam
  private var passes: [ModelPass] = []
  private var shards: [Shard] = []

  package init(model: SequenceModel, weights: Weights, team: WorkerTeam) {
    self.model = model
    self.weights = weights
    self.team = team
  }

  /// Calls `body` for each sequence of `data`, in order, with its class probabilities.
  /// - Parameter asLogits: whether to give the scores before the softmax instead.
  package func predict(
    _ data: EncodedDataset, asLogits: Bool = false, _ body: (_ sequence: Int, _ prediction: Prediction) -> Void
  ) {
    var start = 0
    while start < data.count {
      let sequences = window(from: start, data)
      defer { start = sequences.upperBound }
      let predictions = predictWindow(sequences, data, asLogits)
      for (offset, prediction) in predictions.enumerated() { body(start + offset, prediction) }
    }
  }

  private func window(from start: Int, _ data: EncodedDataset) -> Range<Int> {
    var end = start
    var tokens = 0
    while end < data.count, end - start < Self.window {
      tokens += data.length(end)
      if end > start, tokens > Self.windowTokens { break }
      end += 1
    }
    return start..<end
  }

  /// Neighbours in length share a shard, so that its steps stay wide.
  private func predictWindow(_ sequences: Range<Int>, _ data: EncodedDataset, _ asLogits: Bool) -> [Prediction] {
    let sorted = sequences.sorted { (-data.length($0), $0) < (-data.length($1), $1) }
    let count = (sorted.count + Shard.size - 1) / Shard.size
    while shards.count < count {
      shards.append(Shard())
      passes.append(model.makePass())
    }
    let shards = shards
    let passes = passes
    let weights = weights
    let task = model.task
    team.run(count) { s in
      shards[s].fill(sorted[s * Shard.size..<min(sorted.count, (s + 1) * Shard.size)], data, task)
      passes[s].predict(shards[s], weights: weights, asLogits: asLogits)
    }
    var results: [Prediction?] = Array(repeating: nil, count: sequences.count)
    for (i, sequence) in sorted.enumerated() {
      let s = i / Shard.size
      results[sequence - sequences.lowerBound] = Prediction(
        probabilities: passes[s].predicted, shape: shards[s].shape, sequence: i % Shard.size, task: task)
    }
    return results.compactMap { $0 }
  }
}

/// The class probabilities of one sequence; valid until the next window.
package struct Prediction {
  private let probabilities: Matrix
  private let shape: PackedShape
  private let sequence: Int
  private let task: Task

  init(probabilities: Matrix, shape: PackedShape, sequence: Int, task: Task) {
    self.probabilities = probabilities
    self.shape = shape
    self.sequence = sequence
    self.task = task
  }

  /// One for a classifier; the tokens for a tagger.
  package var count: Int { task == .classification ? 1 : shape.lengths[sequence] }

  /// The probabilities of the sequence, or of its token at a step.
  package subscript(_ step: Int) -> [Float] { probabilities.row(row(step)) }

  /// The most probable class of the sequence, or of its token at a step; the first of equals.
  package func best(_ step: Int = 0) -> Int { probabilities.argmax(row: row(step)) }

  private func row(_ step: Int) -> Int {
    task == .classification ? sequence : shape.row(sequence: sequence, step: step)
  }
}
