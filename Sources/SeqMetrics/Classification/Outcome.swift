/// What counting needs of one example's probabilities: found where they are computed, and counted later, in order.
package struct Outcome: Sendable, Hashable, BitwiseCopyable {
  /// The first of the most probable classes.
  package let predicted: Int32
  /// Its probability.
  package let confidence: Float
  /// The probability of the label; 0 if the model does not know it.
  package let labelProbability: Float
  /// How many classes are more probable than the label: greater, or equal and before it.
  package let rank: Int32

  /// - Precondition: there is at least one class.
  package init(label: Int?, probabilities: Span<Float>) {
    precondition(!probabilities.isEmpty, "no probabilities")
    var best = 0
    for i in 1..<max(1, probabilities.count) where probabilities[i] > probabilities[best] { best = i }
    predicted = Int32(best)
    confidence = probabilities[best]
    guard let label, probabilities.indices.contains(label) else {
      (labelProbability, rank) = (0, Int32.max)
      return
    }
    let probability = probabilities[label]
    var rank: Int32 = 0
    for i in probabilities.indices where probabilities[i] > probability { rank += 1 }
    for i in 0..<label where probabilities[i] == probability { rank += 1 }
    labelProbability = probability
    self.rank = rank
  }
}
