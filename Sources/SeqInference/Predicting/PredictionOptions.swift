import SeqTags

/// What is wanted of predictions beside the best label or tags.
public struct PredictionOptions: Sendable, Equatable {
  /// How many labels of a classifier are given at most.
  public var top = Int.max
  /// Whether the probabilities of a tagger's tags are wanted: a CRF's cost some time, and are 0 without it.
  public var probabilities = true
  /// How many of the most probable tag sequences are given.
  public var sequences = 0
  /// Whether the spans that the tags mark are given, each with its probability.
  public var spans = false

  /// The defaults: all labels, and probabilities of each.
  public init() {}
}

/// A span of a text that its tags mark.
public struct PredictedSpan: Sendable, Equatable {
  /// Its tokens, by their places in the prediction.
  public let tokens: Range<Int>
  /// What stands behind the first `-` of its tags; empty for bare prefixes.
  public let label: String
  /// That of all tag sequences with exactly this span, in 0…1.
  public let probability: Double
}

/// A tag sequence of a text and how probable it is.
public struct TagSequence: Sendable, Equatable {
  /// A tag a token.
  public let tags: [String]
  /// In 0…1; those of all sequences that the tags can form add up to 1.
  public let probability: Double
}
