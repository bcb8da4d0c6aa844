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
  /// How the sequences are cut for the encoder; nil if they are not.
  package private(set) var chunks: Chunks?
  /// What is added to the scores of each label, class by class, in the order of the scores' rows; empty for nothing.
  package private(set) var linearScores: [Float] = []
  /// What is added to the scores of each sequence's label beside its tags; empty for nothing.
  package private(set) var sequenceLinearScores: [Float] = []
  private var distinct = DistinctIDs()
  /// The position of each row's sequence, and the row's step in that.
  private var sources: [(position: Int, step: Int)] = []

  /// The distinct tokens, in the order of their first rows.
  package var distinctIDs: [Int32] { distinct.ids }
  /// The place of each row's token in `distinctIDs`.
  package var distinctIndex: [Int32] { distinct.index }

  /// What the features of a token other than the word look up; empty if there are none.
  package private(set) var features = ShardFeatures()
  private var hasFeatures = false
  /// The distinct rows of all tables with a sparse gradient, numbered as in `SparseTables`.
  package var tableRows: [Int32] { hasFeatures ? features.tableRows : distinct.ids }

  package init() {}

  /// Takes other sequences, reusing the memory: no more is allocated once it has held as many tokens.
  ///
  /// - Parameters:
  ///   - positions: of the sequences in the batch, longest first.
  ///   - length: of the sequence at a position; at least 1.
  ///   - token: of the sequence at a position, at a step.
  ///   - repeatsLabels: whether a classifier's label is given to each row.
  ///   - chunk: tokens of the chunks that a classifier reads one by one; nil for whole sequences.
  ///   - labelCount: tokens of a sequence's target, its end included.
  ///   - label: of a sequence: one, or one a token, or those of its target.
  ///   - sequenceLabel: of a sequence, beside its tags.
  package func fill(
    positions newPositions: ArraySlice<Int>, length: (Int) -> Int, token: (_ position: Int, _ step: Int) -> Int32,
    topology: Topology, repeatsLabels: Bool = false, chunk: Int? = nil, labelCount: (Int) -> Int = { _ in 1 },
    label: (_ position: Int, _ step: Int) -> Int32, hasSequenceLabels: Bool = false,
    sequenceLabel: (_ position: Int) -> Int32 = { _ in -1 }
  ) {
    positions.removeAll(keepingCapacity: true)
    for position in newPositions { positions.append(position) }
    ids.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    sequenceLabels.removeAll(keepingCapacity: true)
    linearScores.removeAll(keepingCapacity: true)
    sequenceLinearScores.removeAll(keepingCapacity: true)
    if hasSequenceLabels { for position in positions { sequenceLabels.append(sequenceLabel(position)) } }
    if let chunk {
      fillChunks(chunk, length: length, token: token)
      for position in positions { labels.append(label(position, 0)) }
      return collectDistinct()
    }
    chunks = nil
    shape.set(count: positions.count) { length(positions[$0]) }
    for t in shape.steps.indices {
      for s in 0..<shape.steps[t].count {
        ids.append(token(positions[s], t))
        if topology.isStepwise { labels.append(label(positions[s], t)) }
        if repeatsLabels { labels.append(label(positions[s], 0)) }
      }
    }
    if topology == .encoderDecoder {
      targets.fill(
        count: positions.count, length: { labelCount(positions[$0]) }, token: { label(positions[$0], $1) })
      targets.forEachLabel { labels.append($0) }
    } else if !topology.isStepwise, !repeatsLabels {
      for position in positions { labels.append(label(position, 0)) }
    }
    collectDistinct()
  }

  private func fillChunks(_ size: Int, length: (Int) -> Int, token: (Int, Int) -> Int32) {
    // Taken out, so that it is not copied.
    var cut = chunks.take() ?? Chunks()
    cut.cut(count: positions.count, size: size) { length(positions[$0]) }
    shape.set(count: cut.owners.count) { Int(cut.lengths[$0]) }
    for t in shape.steps.indices {
      for c in 0..<shape.steps[t].count { ids.append(token(positions[Int(cut.owners[c])], Int(cut.starts[c]) + t)) }
    }
    chunks = cut
  }

  private func collectDistinct() {
    distinct.removeAll()
    distinct.reserve(ids.count)
    for id in ids { distinct.append(id) }
    hasFeatures = false
  }

  /// Takes what is added to the scores of the sequences that it has been filled with.
  ///
  /// - Parameters:
  ///   - isPerToken: whether each token has scores.
  ///   - linearScores: of the sequence at a position, or of its token at a step.
  ///   - sequenceLinearScores: of a sequence's label beside its tags.
  package func fillLinearScores(
    isPerToken: Bool, linearScores new: (_ position: Int, _ step: Int) -> ArraySlice<Float>,
    sequenceLinearScores ofSequence: (_ position: Int) -> ArraySlice<Float>
  ) {
    if isPerToken {
      for (t, rows) in shape.steps.enumerated() {
        for s in 0..<rows.count { linearScores.append(contentsOf: new(positions[s], t)) }
      }
    } else {
      for position in positions { linearScores.append(contentsOf: new(position, 0)) }
    }
    for position in positions { sequenceLinearScores.append(contentsOf: ofSequence(position)) }
  }

  /// Takes what the other features look up for the sequences that it has been filled with.
  /// - Parameters:
  ///   - wordForm: of the sequence at a position, at a step.
  ///   - column: what a feature column holds there.
  ///   - list: the ids that a trait has of a word form.
  package func fill(
    _ layout: TokenFeatures, wordForm: (_ position: Int, _ step: Int) -> Int32,
    column: (_ number: Int, _ position: Int, _ step: Int) -> Int32,
    list: (_ trait: Int, _ wordForm: Int32) -> ArraySlice<Int32>
  ) {
    hasFeatures = true
    sources.removeAll(keepingCapacity: true)
    for (t, rows) in shape.steps.enumerated() {
      for s in 0..<rows.count {
        guard let chunks else {
          sources.append((positions[s], t))
          continue
        }
        sources.append((positions[Int(chunks.owners[s])], Int(chunks.starts[s]) + t))
      }
    }
    let sources = sources
    features.fill(
      layout, words: distinct, wordForm: { wordForm(sources[$0].position, sources[$0].step) },
      column: { column($0, sources[$1].position, sources[$1].step) }, list: list)
  }
}
