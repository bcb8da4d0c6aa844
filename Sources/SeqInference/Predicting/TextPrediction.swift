import SeqTags

/// A label and how probable the model finds it.
public struct LabelProbability: Sendable, Equatable {
  /// One of the model's labels.
  public let label: String
  /// In 0…1; a text's labels add up to 1.
  public let probability: Float
}

/// A token and the tag the model gives it.
public struct TaggedToken: Sendable, Equatable {
  /// The token as it stands in the text.
  public let text: String
  /// Where it stands, in UTF-8 bytes.
  public let range: Range<Int>
  /// One of the model's tags.
  public let tag: String
  /// The tag's probability, in 0…1: of a softmax tagger that of the token alone, of a CRF that of all tag sequences with
  /// this tag here; 0 if it was not asked for.
  public let probability: Float
}

/// What a model says of one text.
public struct TextPrediction: Sendable {
  /// The text as it was given.
  public let text: String
  /// Tokens of the text.
  public let tokenCount: Int
  /// A classifier's labels, or those that a tagger gives beside its tags, the most probable first, as many as were asked
  /// for; empty for a text without tokens.
  public internal(set) var ranking: [LabelProbability] = []
  /// A tagger's tokens.
  public internal(set) var tokens: [TaggedToken] = []
  /// The spans that a tagger's tags mark, if they were asked for.
  public internal(set) var spans: [PredictedSpan] = []
  /// A tagger's most probable tag sequences, the best first, as many as were asked for.
  public internal(set) var sequences: [TagSequence] = []

  package init(text: String, tokenCount: Int) {
    self.text = text
    self.tokenCount = tokenCount
  }

  /// Whether a classifier has read only the first `Model.maximumTokens` tokens.
  public var isCut: Bool { tokens.isEmpty && tokenCount > Model.maximumTokens }
}
