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
    var ranked: [Int] = []
    var batches: [Range<Int>] = []
    ranked.reserveCapacity(data.count)
    for start in stride(from: 0, to: shuffled.count, by: poolSize) {
      let pool = start..<min(shuffled.count, start + poolSize)
      // By length, equals in the shuffled order: both in one number, as whole numbers sort fastest.
      var keys = pool.map { UInt64(data.length(shuffled[$0])) << 32 | UInt64($0) }
      keys.sort()
      for key in keys { ranked.append(shuffled[Int(key & 0xFFFF_FFFF)]) }
      Self.cut(ranked, pool, data, size, into: &batches)
    }
    batches.shuffle(seed: seed.child("batches"))
    var order: [Int] = []
    var bounds = [0]
    order.reserveCapacity(data.count)
    for batch in batches {
      order.append(contentsOf: ranked[batch])
      bounds.append(order.count)
    }
    self.order = order
    self.bounds = bounds
  }

  private static func poolSize(_ data: EncodedDataset, _ size: BatchSize, _ pool: Int) -> Int {
    switch size {
    case .sequences(let n): n * pool
    case .tokens(let n): max(1, n * pool * max(1, data.count) / max(1, data.tokenCount))
    }
  }

  private static func cut(
    _ sequences: [Int], _ pool: Range<Int>, _ data: EncodedDataset, _ size: BatchSize, into batches: inout [Range<Int>]
  ) {
    var start = pool.lowerBound
    var tokens = 0
    for i in pool {
      let length = data.length(sequences[i])
      let isFull =
        switch size {
        case .sequences(let n): i - start == n
        case .tokens(let n): i > start && tokens + length > n
        }
      if isFull {
        batches.append(start..<i)
        (start, tokens) = (i, 0)
      }
      tokens += length
    }
    if start < pool.upperBound { batches.append(start..<pool.upperBound) }
  }
}
