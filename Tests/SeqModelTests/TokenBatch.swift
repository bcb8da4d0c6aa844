import SeqCore
import SeqModel
import SeqTestSupport

/// Sequences of token ids with their labels, and the shards that training cuts them into.
struct TokenBatch: Sendable {
  let topology: Topology
  /// Whether a classifier's label stands at each row of its sequence.
  var repeatsLabels = false
  var chunk: Int?
  /// Whether the last label of a sequence is that of the whole, beside those of its tokens.
  var hasSequenceLabels = false
  var tokens: [[Int]]
  /// Of each sequence: one label, or one a token; −1 is none.
  var labels: [[Int]]

  /// Drawn sequences. - Parameter lengths: in any order.
  init(topology: Topology, lengths: [Int], vocabulary: Int, classes: Int, seed: Seed) {
    var random = seed.child("batch").generator
    self.topology = topology
    tokens = lengths.map { length in (0..<length).map { _ in random.index(below: vocabulary) } }
    labels = lengths.map { length in
      (0..<(topology.isStepwise ? length : 1)).map { _ in random.index(below: classes) }
    }
  }

  /// The sequences in `count` shards: longest first, dealt out in turns.
  func shards(_ count: Int = 1) -> [Shard] {
    let sorted = tokens.indices.sorted { (-tokens[$0].count, $0) < (-tokens[$1].count, $1) }
    return (0..<count).map { first in
      let shard = Shard()
      fill(shard, stride(from: first, to: sorted.count, by: count).map { sorted[$0] })
      return shard
    }
  }

  /// Puts the sequences at these positions, longest first, into a shard.
  func fill(_ shard: Shard, _ positions: [Int]) {
    shard.fill(
      positions: positions[...], length: { tokens[$0].count }, token: { Int32(tokens[$0][$1]) }, topology: topology,
      repeatsLabels: repeatsLabels, chunk: chunk,
      label: { Int32(labels[$0][$1]) },
      hasSequenceLabels: hasSequenceLabels, sequenceLabel: { Int32(labels[$0][tokens[$0].count]) })
  }
}
