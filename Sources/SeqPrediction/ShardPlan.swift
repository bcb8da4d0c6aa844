import SeqCore
import SeqModel
import SeqRecords

/// Sequences of about one length together in shards, the longest first.
struct ShardPlan {
  /// Tokens of a shard, but for one sequence that is longer: the memory of a pass goes by them.
  static let tokens = 4_096
  /// Sequences that a shard has even if that leaves a thread without work: fewer would waste the kernels.
  private static let leastSequences = 4

  private var keys: [UInt64] = []
  /// The sequences, longest first.
  private var order: [Int] = []
  /// Where the shards end in `order`.
  private var ends: [Int] = []

  /// Shards.
  var count: Int { ends.count }

  /// The sequences of a shard.
  subscript(_ shard: Int) -> ArraySlice<Int> { order[(shard == 0 ? 0 : ends[shard - 1])..<ends[shard]] }

  /// Sorts the sequences of a dataset and cuts them into shards, reusing the memory.
  /// - Parameter width: threads that are to have work.
  mutating func set(_ data: EncodedDataset, width: Int) {
    order.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    sort(data)
    // Two shards a thread, if there are not enough for more.
    let size = max(Self.leastSequences, min(Shard.size, (data.count + 2 * width - 1) / (2 * width)))
    var (start, tokens) = (0, 0)
    for (i, sequence) in order.enumerated() {
      let length = data.length(sequence)
      if i > start, i - start == size || tokens + length > Self.tokens {
        ends.append(i)
        (start, tokens) = (i, 0)
      }
      tokens += length
    }
    if start < order.count { ends.append(order.count) }
  }

  /// Length and number in one key, as whole numbers sort fastest.
  private mutating func sort(_ data: EncodedDataset) {
    keys.removeAll(keepingCapacity: true)
    for sequence in 0..<data.count {
      keys.append(UInt64(UInt32.max - UInt32(data.length(sequence))) << 32 | UInt64(sequence))
    }
    keys.sortInPlace()
    for key in keys { order.append(Int(key & 0xFFFF_FFFF)) }
  }
}
