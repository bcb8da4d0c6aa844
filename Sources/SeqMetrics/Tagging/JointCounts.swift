/// Counts for sentence labels of sequences with tags; they add up over shards.
public struct JointCounts: Sendable, Equatable {
  /// Sequences.
  public private(set) var sequences = 0
  /// Sequences with the right label.
  public private(set) var correctLabels = 0
  /// Sequences with the right label and every tag right.
  public private(set) var correctSequences = 0

  /// Counts of nothing.
  public init() {}

  /// Counts one sequence.
  public mutating func add(isLabelRight: Bool, areTagsRight: Bool) {
    sequences += 1
    correctLabels += isLabelRight ? 1 : 0
    correctSequences += isLabelRight && areTagsRight ? 1 : 0
  }

  /// Adds the counts of another shard.
  public mutating func merge(_ other: JointCounts) {
    sequences += other.sequences
    correctLabels += other.correctLabels
    correctSequences += other.correctSequences
  }
}

extension JointCounts: ScoredCounts {
  /// How the scores follow from the counts, in the order in which they are listed.
  public static let rules: [ScoreRule<JointCounts>] = [
    ScoreRule(Metric("labelAccuracy", "share of texts whose sentence label is right", basis: .wholes)) {
      ratio($0.correctLabels, $0.sequences)
    },
    ScoreRule(Metric("jointAccuracy", "share of texts whose sentence label and every tag are right", basis: .wholes)) {
      ratio($0.correctSequences, $0.sequences)
    },
  ]
}
