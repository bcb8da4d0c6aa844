package import SeqTensor

/// One shard of a batch: at most `Shard.size` sequences in packed order, with what should be predicted.
///
/// A batch is cut by this size and never by the number of threads, so that the cut does not depend on the machine.
package final class Shard: @unchecked Sendable {
  /// Sequences of a full shard.
  package static let size = 16

  package private(set) var shape = PackedShape()
  /// The token of each row.
  package private(set) var ids: [Int32] = []
  /// The class of each sequence (many-to-one) or row (many-to-many); −1 where it is unknown and costs nothing.
  package private(set) var labels: [Int32] = []
  /// The distinct tokens, in the order of their first rows.
  package private(set) var distinctIDs: [Int32] = []
  /// The place of each row's token in `distinctIDs`.
  package private(set) var distinctIndex: [Int32] = []
  private var places: [Int32] = []
  /// Where each sequence stands in the batch.
  package private(set) var positions: [Int] = []

  package init() {}

  /// Takes other sequences, reusing the memory.
  ///
  /// - Parameters:
  ///   - positions: of the sequences in the batch, longest first.
  ///   - length: of the sequence at a position; at least 1.
  ///   - token: of the sequence at a position, at a step.
  ///   - labels: of a sequence: one, or one a token.
  package func fill(
    positions newPositions: some Sequence<Int>, length: (Int) -> Int, token: (_ position: Int, _ step: Int) -> Int32,
    task: SequenceTask, label: (_ position: Int, _ step: Int) -> Int32
  ) {
    positions.removeAll(keepingCapacity: true)
    positions.append(contentsOf: newPositions)
    shape.set(lengths: positions.lazy.map(length))
    ids.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    for (t, step) in shape.steps.enumerated() {
      for s in 0..<step.count {
        ids.append(token(positions[s], t))
        if task == .tagging { labels.append(label(positions[s], t)) }
      }
    }
    for id in distinctIDs { places[Int(id)] = -1 }
    distinctIDs.removeAll(keepingCapacity: true)
    distinctIndex.removeAll(keepingCapacity: true)
    for id in ids {
      while places.count <= Int(id) { places.append(-1) }
      if places[Int(id)] < 0 {
        places[Int(id)] = Int32(distinctIDs.count)
        distinctIDs.append(id)
      }
      distinctIndex.append(places[Int(id)])
    }
    if task == .classification { for position in positions { labels.append(label(position, 0)) } }
  }
}
