/// Linear scores of a sequence, which are added to the scores of a network.
package struct LinearScores: Sendable, Equatable {
  /// One for each class of the label or, for a tagger, for each tag of each token, token by token; empty for none.
  package var labels: [Float]
  /// One for each sentence label; empty for none.
  package var sequence: [Float]

  /// Whether there are none.
  package var isEmpty: Bool { labels.isEmpty && sequence.isEmpty }

  package init(labels: [Float] = [], sequence: [Float] = []) { (self.labels, self.sequence) = (labels, sequence) }

  /// The linear scores of some tokens of a tagged sequence.
  /// - Parameter count: the number of tokens of the whole sequence.
  package func part(_ tokens: Range<Int>, of count: Int) -> LinearScores {
    let classes = labels.count / max(1, count)
    return LinearScores(
      labels: Array(labels[tokens.lowerBound * classes..<tokens.upperBound * classes]), sequence: sequence)
  }
}
