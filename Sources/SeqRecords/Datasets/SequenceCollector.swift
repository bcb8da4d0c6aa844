/// What sequences of token ids can be added to.
package protocol SequenceCollector {
  /// Adds a sequence and what should be predicted of it: see `EncodedDataset.append`.
  mutating func append(
    ids: ArraySlice<Int32>, labels: ArraySlice<Int32>, extras: [ArraySlice<Int32>], sequenceLabel: Int32)
  /// Adds what the last sequence has beside the scores of a network.
  mutating func append(offsets: ScoreOffsets)
  /// What views of a model look at of the spellings: see `EncodedDataset`.
  var spellings: SpellingTable? { get set }
}

extension SequenceCollector {
  /// Adds a sequence whose tokens have nothing beside their ids.
  package mutating func append(ids: ArraySlice<Int32>, labels: ArraySlice<Int32>) {
    append(ids: ids, labels: labels, extras: [], sequenceLabel: -1)
  }
}

extension EncodedDataset: SequenceCollector {}
