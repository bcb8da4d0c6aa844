/// Precision, recall and F1 of one class or type, or an average of them.
public struct ClassScore: Sendable, Hashable {
  /// TP ÷ predicted, in 0…1; 0 if nothing was predicted.
  public let precision: Double
  /// TP ÷ support, in 0…1; 0 if there is nothing to find.
  public let recall: Double
  /// 2·TP ÷ (predicted + support), the harmonic mean of precision and recall, in 0…1; 0 if both counts are 0.
  public let f1: Double
  /// How many true examples or spans there are.
  public let support: Int

  /// The score from counts (van Rijsbergen 1979); every 0 ÷ 0 is 0, as with scikit-learn's `zero_division=0`.
  package init(correct: Int, predicted: Int, support: Int) {
    precision = ratio(correct, predicted)
    recall = ratio(correct, support)
    f1 = ratio(2 * correct, predicted + support)
    self.support = support
  }

  private init(precision: Double, recall: Double, f1: Double, support: Int) {
    (self.precision, self.recall, self.f1, self.support) = (precision, recall, f1, support)
  }

  /// The unweighted mean of each figure: F1 is the mean of the F1s. Without scores, it is zero; the supports are added.
  package static func macro(of scores: [ClassScore]) -> ClassScore {
    average(of: scores, weights: scores.map { _ in 1 }, total: scores.count)
  }

  /// The mean of each figure, weighted by support.
  ///
  /// - Parameter total: what the weights are divided by: the supports' sum, plus examples whose class has no score.
  /// - Returns: zeros if `total` is 0; the supports are added.
  package static func weighted(of scores: [ClassScore], total: Int) -> ClassScore {
    average(of: scores, weights: scores.map(\.support), total: total)
  }

  private static func average(of scores: [ClassScore], weights: [Int], total: Int) -> ClassScore {
    func mean(_ figure: KeyPath<ClassScore, Double>) -> Double {
      guard total > 0 else { return 0 }
      return zip(scores, weights).reduce(0) { $0 + $1.0[keyPath: figure] * Double($1.1) } / Double(total)
    }
    let support = scores.reduce(0) { $0 + $1.support }
    return ClassScore(precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1), support: support)
  }
}

/// `part` ÷ `whole`, and 0 for 0 ÷ 0.
package func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
