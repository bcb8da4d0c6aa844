package import SeqConfig

/// A label of the whole sequence that is learned beside its tags, by one encoder: slots and intent.
public struct SentenceLabelSettings: Sendable, Equatable {
  /// How the states of a sequence become one vector.
  public var pooling = PoolingKind.max
  /// The factor of the label's loss; that of the tags counts 1. A label's loss is as great as that of a token, so that a
  /// factor of 1 would make the label of a text as heavy as all its tags.
  public var weight = 0.3

  /// The defaults.
  public init() {}
}

extension SentenceLabelSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .choice("pooling", \.pooling, "How the states of the text become one vector for the label"),
    .double(
      "weight", \.weight, in: .above(0, upTo: 1_000),
      "Factor on the loss of the label; the loss of the tags has the factor 1"),
  ]
}
