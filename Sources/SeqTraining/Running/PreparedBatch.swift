import SeqCore
import SeqModel
import SeqPrediction
import SeqRecords

/// A batch that is ready for a step: its sequences in shards, and the rows of the embedding table that they need.
///
/// Unchecked because one task fills it and others read it after that task has ended: see `WorkerTeam`.
final class PreparedBatch: @unchecked Sendable {
  /// The sequences that it was filled with; nil if it is empty.
  private(set) var batch: ArraySlice<Int>?
  private(set) var rows = BatchRows()
  /// Whether its rows have a gradient that nobody has cleared.
  var hasGradient = false
  /// Shards that are filled.
  private(set) var count = 0
  private var allShards: [Shard] = []
  private var sorted: [UInt64] = []
  private var dealt: [Int] = []

  var shards: ArraySlice<Shard> { allShards[..<count] }

  /// Takes another batch, reusing the memory: deals it out to shards, longest first and in turns, so that they cost
  /// about the same.
  func fill(_ batch: ArraySlice<Int>, _ data: EncodedDataset, _ reading: ShardReading) {
    self.batch = batch
    count = (batch.count + Shard.size - 1) / Shard.size
    while allShards.count < count { allShards.append(Shard()) }
    sort(batch, data)
    for s in 0..<count {
      dealt.removeAll(keepingCapacity: true)
      for i in stride(from: s, to: sorted.count, by: count) { dealt.append(Int(sorted[i] & 0xFFFF_FFFF)) }
      allShards[s].fill(dealt[...], data, reading)
    }
    rows.collect(shards)
  }

  func removeAll() {
    batch = nil
    count = 0
    rows.removeAll()
  }

  /// The longest first, then by number: the batch's order says nothing.
  private func sort(_ batch: ArraySlice<Int>, _ data: EncodedDataset) {
    sorted.removeAll(keepingCapacity: true)
    for sequence in batch {
      sorted.append(UInt64(UInt32.max - UInt32(data.length(sequence))) << 32 | UInt64(sequence))
    }
    sorted.sortInPlace()
  }
}
