package import SeqCore

/// How sequences are put together.
public enum BatchSize: Sendable, Equatable {
  /// At most so many sequences.
  case sequences(Int)
  /// At most so many tokens, or one sequence that is longer.
  case tokens(Int)
}

/// The batches of one epoch: sequences of similar length together, in random order.
package struct BatchPlan: Sendable {
  private let order: [Int]
  private let bounds: [Int]

  /// Batches, in the order of training.
  package var count: Int { bounds.count - 1 }

  /// The sequences of a batch.
  package subscript(_ batch: Int) -> ArraySlice<Int> { order[bounds[batch]..<bounds[batch + 1]] }

  /// Shuffles all sequences, sorts pools of them by length, cuts the pools into batches and shuffles the batches.
  ///
  /// - Parameters:
  ///   - seed: of the epoch: the plan depends on it and the lengths alone.
  ///   - pool: sequences of a pool, as a multiple of a batch's.
  package init(_ data: EncodedDataset, size: BatchSize, seed: Seed, pool: Int = 64) {
    var shuffled = Array(0..<data.count)
    shuffled.shuffle(seed: seed.child("sequences"))
    let poolSize = Self.poolSize(data, size, pool)
    var batches: [ArraySlice<Int>] = []
    for start in stride(from: 0, to: shuffled.count, by: poolSize) {
      let end = min(shuffled.count, start + poolSize)
      let ranked = shuffled[start..<end].enumerated().sorted {
        (data.length($0.element), $0.offset) < (data.length($1.element), $1.offset)
      }
      batches += Self.cut(ranked.map(\.element), data, size)
    }
    batches.shuffle(seed: seed.child("batches"))
    order = batches.flatMap { $0 }
    bounds = batches.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }

  private static func poolSize(_ data: EncodedDataset, _ size: BatchSize, _ pool: Int) -> Int {
    switch size {
    case .sequences(let n): n * pool
    case .tokens(let n): max(1, n * pool * max(1, data.count) / max(1, data.tokenCount))
    }
  }

  private static func cut(_ sequences: [Int], _ data: EncodedDataset, _ size: BatchSize) -> [ArraySlice<Int>] {
    var batches: [ArraySlice<Int>] = []
    var start = 0
    var tokens = 0
    for (i, sequence) in sequences.enumerated() {
      let isFull =
        switch size {
        case .sequences(let n): i - start == n
        case .tokens(let n): i > start && tokens + data.length(sequence) > n
        }
      if isFull {
        batches.append(sequences[start..<i])
        (start, tokens) = (i, 0)
      }
      tokens += data.length(sequence)
    }
    if start < sequences.count { batches.append(sequences[start...]) }
    return batches
  }
}
