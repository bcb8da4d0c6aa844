package import SeqCore

/// How sequences are grouped into batches.
public enum BatchSize: Sendable, Equatable {
  /// At most this many sequences.
  case sequences(Int)
  /// At most this many tokens, or a single longer sequence.
  case tokens(Int)
}

/// The batches of one epoch: sequences of similar length together, in random order.
package struct BatchPlan: Sendable {
  /// All sequences, pool by pool.
  private let order: [Int]
  /// The ranges of the batches in `order`, in the order of training.
  private let batches: [Range<Int>]

  /// The number of batches.
  package var count: Int { batches.count }

  /// The sequences of a batch.
  package subscript(_ batch: Int) -> ArraySlice<Int> { order[batches[batch]] }

  /// Shuffles all sequences, sorts pools of them by length, cuts the pools into batches and shuffles the batches.
  ///
  /// - Parameters:
  ///   - seed: the epoch's seed; the plan depends only on it and on the lengths.
  ///   - pool: the size of a pool, as a multiple of the batch size.
  package init(_ data: EncodedDataset, size: BatchSize, seed: Seed, pool: Int = 64) {
    // One array throughout, because it has a number for each sequence of the corpus.
    var order = Array(0..<data.count)
    order.shuffle(seed: seed.child("sequences"))
    let poolSize = Self.poolSize(data, size, pool)
    var batches: [Range<Int>] = []
    for start in stride(from: 0, to: order.count, by: poolSize) {
      let pool = start..<min(order.count, start + poolSize)
      // Sorted by length, ties in shuffled order. Both are packed into one integer, because integers sort fastest.
      var keys = pool.map { UInt64(data.length(order[$0])) << 32 | UInt64($0) }
      keys.sort()
      let sorted = keys.map { order[Int($0 & 0xFFFF_FFFF)] }
      order.replaceSubrange(pool, with: sorted)
      Self.cut(order, pool, data, size, into: &batches)
    }
    data.releasePages()
    batches.shuffle(seed: seed.child("batches"))
    self.order = order
    self.batches = batches
  }

  /// The windows of parallel streams, batch by batch in the order of the text.
  /// - Precondition: the data consists of streams.
  package init(streamsOf data: EncodedDataset) {
    guard let streams = data.streams else { preconditionFailure("sequences that do not go on from each other") }
    order = Array(0..<data.count)
    batches = stride(from: 0, to: data.count, by: streams).map { $0..<$0 + streams }
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
