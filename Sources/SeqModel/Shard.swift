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
  /// The class of each sequence (many-to-one) or row (many-to-many; of the targets if these are of other lengths); −1
  /// where it is unknown and costs nothing.
  package private(set) var labels: [Int32] = []
  /// The label of each sequence beside its tags, or −1; empty if there are none.
  package private(set) var sequenceLabels: [Int32] = []
  /// What the sequences are to be turned into, if that is of another length.
  package private(set) var targets = TargetRows()
  /// Where each sequence stands in the batch.
  package private(set) var positions: [Int] = []
  private var distinct = DistinctIDs()

  /// The distinct tokens, in the order of their first rows.
  package var distinctIDs: [Int32] { distinct.ids }
  /// The place of each row's token in `distinctIDs`.
  package var distinctIndex: [Int32] { distinct.index }

  package init() {}

  /// Takes other sequences, reusing the memory: no more is allocated once it has held as many tokens.
  ///
  /// - Parameters:
  ///   - positions: of the sequences in the batch, longest first.
  ///   - length: of the sequence at a position; at least 1.
  ///   - token: of the sequence at a position, at a step.
  ///   - repeatsLabels: whether a classifier's label is given to each row.
  ///   - labelCount: tokens of a sequence's target, its end included.
  ///   - label: of a sequence: one, or one a token, or those of its target.
  ///   - sequenceLabel: of a sequence, beside its tags.
  package func fill(
    positions newPositions: ArraySlice<Int>, length: (Int) -> Int, token: (_ position: Int, _ step: Int) -> Int32,
    task: SequenceTask, repeatsLabels: Bool = false, labelCount: (Int) -> Int = { _ in 1 },
    label: (_ position: Int, _ step: Int) -> Int32, hasSequenceLabels: Bool = false,
    sequenceLabel: (_ position: Int) -> Int32 = { _ in -1 }
  ) {
    positions.removeAll(keepingCapacity: true)
    for position in newPositions { positions.append(position) }
    shape.set(count: positions.count) { length(positions[$0]) }
    ids.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    sequenceLabels.removeAll(keepingCapacity: true)
    if hasSequenceLabels { for position in positions { sequenceLabels.append(sequenceLabel(position)) } }
    for t in shape.steps.indices {
      for s in 0..<shape.steps[t].count {
        ids.append(token(positions[s], t))
        if task.isPerToken { labels.append(label(positions[s], t)) }
        if repeatsLabels { labels.append(label(positions[s], 0)) }
      }
    }
    if task == .transduction {
      targets.fill(
        count: positions.count, length: { labelCount(positions[$0]) }, token: { label(positions[$0], $1) })
      targets.forEachLabel { labels.append($0) }
    } else if !task.isPerToken, !repeatsLabels {
      for position in positions { labels.append(label(position, 0)) }
    }
    distinct.removeAll()
    distinct.reserve(ids.count)
    for id in ids { distinct.append(id) }
  }
}
