/// Sequences of token ids with what should be predicted, in three flat arrays.
package struct EncodedDataset: Sendable, Equatable {
  /// Whether a label belongs to each token (tagging) or to the whole sequence (classification).
  package let isTagged: Bool
  private var ids: [Int32] = []
  private var starts: [Int] = [0]
  private var labels: [Int32] = []

  package init(isTagged: Bool) { self.isTagged = isTagged }

  /// Sequences.
  package var count: Int { starts.count - 1 }
  /// Tokens of all sequences.
  package var tokenCount: Int { ids.count }

  /// Adds a sequence. One without tokens gets a single padding symbol (id 0), so that it can be classified.
  ///
  /// - Parameter labels: one, or one a token; −1 for a label that the model does not know.
  package mutating func append(ids newIDs: some Collection<Int32>, labels newLabels: some Collection<Int32>) {
    precondition(newLabels.count == (isTagged ? newIDs.count : 1), "labels do not fit the tokens")
    precondition(!(isTagged && newIDs.isEmpty), "a tagged sequence of no tokens")
    ids.append(contentsOf: newIDs)
    if newIDs.isEmpty { ids.append(0) }
    labels.append(contentsOf: newLabels)
    starts.append(ids.count)
  }

  /// Tokens of a sequence.
  package func length(_ sequence: Int) -> Int { starts[sequence + 1] - starts[sequence] }

  /// The token of a sequence at a step.
  package func token(_ sequence: Int, _ step: Int) -> Int32 { ids[starts[sequence] + step] }

  /// The label of a sequence, or of its token at a step.
  package func label(_ sequence: Int, _ step: Int = 0) -> Int32 {
    labels[isTagged ? starts[sequence] + step : sequence]
  }
}
