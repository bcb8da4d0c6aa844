/// What a check looks for and how much of it is shown.
public struct CheckSettings: Sendable {
  /// Findings of a kind that are shown; 0 for all.
  public var limit = 5
  /// Kinds that are left out.
  public var ignored: Set<FindingKind> = []
  /// How alike two texts must be to count as nearly the same: the share of their runs of three words that both have.
  public var nearThreshold = 0.8
  /// A file of word vectors in the text form of word2vec or GloVe, packed or not, whose coverage is measured;
  /// nil for those that the data's config names.
  public var vectors: String?

  /// The usual settings.
  public init() {}
}
