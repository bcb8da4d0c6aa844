/// Collects sequences of token ids.
package protocol SequenceCollector {
  /// Adds a sequence and its targets: see `EncodedDataset.append`.
  mutating func append(
    ids: ArraySlice<Int32>, labels: ArraySlice<Int32>, extras: [ArraySlice<Int32>], sequenceLabel: Int32)
  /// Adds the linear scores of the last sequence.
  mutating func append(linearScores: LinearScores)
  /// The features of the word forms that a model reads: see `EncodedDataset`.
  var wordForms: WordFormTable? { get set }
}

extension SequenceCollector {
  /// Adds a sequence whose tokens have only their ids.
  package mutating func append(ids: ArraySlice<Int32>, labels: ArraySlice<Int32>) {
    append(ids: ids, labels: labels, extras: [], sequenceLabel: -1)
  }
}

extension EncodedDataset: SequenceCollector {}
