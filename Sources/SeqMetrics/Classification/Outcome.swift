/// What counting needs of one example's probabilities. It is extracted where they are computed, and counted later, in
/// order.
package struct Outcome: Sendable, Hashable, BitwiseCopyable {
  /// The predicted class: the first of the most probable ones, unless it was chosen in another way.
  package let predicted: Int32
  /// Its probability.
  package let confidence: Float
  /// The probability of the label; 0 if the model does not know it.
  package let labelProbability: Float
  /// How many classes rank before the label: the predicted class, and the more probable ones (of equally probable ones,
  /// those before it).
  package let rank: Int32

  /// - Parameter given: the predicted class; nil for the most probable one.
  /// - Precondition: there is at least one class.
  package init(label: Int?, probabilities: Span<Float>, predicted given: Int? = nil) {
    precondition(!probabilities.isEmpty, "no probabilities")
    var best = given ?? 0
    for i in 0..<(given == nil ? probabilities.count : 0) where probabilities[i] > probabilities[best] { best = i }
    predicted = Int32(best)
    confidence = probabilities[best]
    guard let label, probabilities.indices.contains(label) else {
      (labelProbability, rank) = (0, Int32.max)
      return
    }
    labelProbability = probabilities[label]
    rank = label == best ? 0 : Self.rank(of: label, below: best, probabilities)
  }

  /// The predicted class need not be the most probable one: a tag is chosen together with its neighbours. It still
  /// ranks first, so that no top-k accuracy is below the accuracy.
  private static func rank(of label: Int, below given: Int, _ probabilities: Span<Float>) -> Int32 {
    let probability = probabilities[label]
    var rank: Int32 = 1
    for i in probabilities.indices where i != given && probabilities[i] > probability { rank += 1 }
    for i in 0..<label where i != given && probabilities[i] == probability { rank += 1 }
    return rank
  }
}
