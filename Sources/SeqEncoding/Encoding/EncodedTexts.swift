package import SeqRecords

/// Texts as a model's token ids, for predicting more than once with that model without tokenising again.
public struct EncodedTexts: Sendable {
  /// Texts.
  public let count: Int
  /// Tokens that the model reads.
  public var tokenCount: Int { data.tokenCount }

  package let data: EncodedDataset
  /// The text that each sequence of `data` belongs to; a text without tokens has none, a very long one several.
  package let owners: [Int]

  package init(count: Int, data: EncodedDataset, owners: [Int]) {
    (self.count, self.data, self.owners) = (count, data, owners)
  }
}
