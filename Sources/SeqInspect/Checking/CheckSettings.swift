/// What a check looks for, and how many findings it shows.
public struct CheckSettings: Sendable {
  /// Findings to show of each kind; 0 for all.
  public var limit = 5
  /// Kinds to leave out.
  public var ignored: Set<FindingKind> = []
  /// How similar two texts must be to count as nearly the same: the share of their runs of three words that both have.
  public var nearThreshold = 0.8
  /// A file of word vectors whose coverage to measure, in the text form of word2vec or GloVe, compressed or not; nil
  /// for those that the data's config names.
  public var vectors: String?

  /// The default settings.
  public init() {}
}
