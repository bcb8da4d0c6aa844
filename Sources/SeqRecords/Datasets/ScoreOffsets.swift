/// Scores that a sequence has beside those of a network: what is added to these.
package struct ScoreOffsets: Sendable, Equatable {
  /// One for each class of its label or, for a tagger, of each token's tag, token after token; empty for none.
  package var labels: [Float]
  /// One for each label beside the tags; empty for none.
  package var sequence: [Float]

  /// Whether there are none.
  package var isEmpty: Bool { labels.isEmpty && sequence.isEmpty }

  package init(labels: [Float] = [], sequence: [Float] = []) { (self.labels, self.sequence) = (labels, sequence) }

  /// Those of some tokens of a tagged sequence.
  /// - Parameter count: tokens of the whole.
  package func part(_ tokens: Range<Int>, of count: Int) -> ScoreOffsets {
    let classes = labels.count / max(1, count)
    return ScoreOffsets(
      labels: Array(labels[tokens.lowerBound * classes..<tokens.upperBound * classes]), sequence: sequence)
  }
}
