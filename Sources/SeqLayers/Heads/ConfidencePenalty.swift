import SeqTensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The confidence penalty (Pereyra et al. 2017, "Regularizing neural networks by penalizing confident output
/// distributions"): β times the negative entropy of a prediction, w(y) β Σ_c p(c) log p(c), is added to its loss.
final class ConfidencePenalty {
  private let probabilityBuffer = FloatBuffer(), logarithmBuffer = FloatBuffer()
  /// [n, C]: p ∘ (log p − Σ p log p), the gradient but for its factor.
  private var slopes: Matrix

  init() { slopes = probabilityBuffer.matrix(rows: 0, columns: 0) }

  /// Looks at rows of scores, before the cross-entropy turns them into their gradient.
  /// - Returns: Σ w(y) Σ_c p(c) log p(c). A negative label costs nothing.
  func look(at scores: Matrix, _ labels: Span<Int32>, classWeights: Matrix?) -> Double {
    slopes = probabilityBuffer.reserve(rows: scores.rows, columns: scores.columns)
    slopes.copy(from: scores)
    slopes.softmaxRows()
    let logarithms = logarithmBuffer.reserve(rows: 1, columns: scores.columns)
    var sum = 0.0
    for row in 0..<scores.rows where labels[row] >= 0 {
      let p = slopes.rows(row..<row + 1)
      // log p(c) = o(c) − log Σ exp o, and the most probable class tells the latter without a loss of digits.
      let likeliest = p.argmax(row: 0)
      logarithms.fill(log(p[0, likeliest]) - scores[row, likeliest])
      logarithms.add(scores.rows(row..<row + 1))
      let negativeEntropy = p.dot(logarithms)
      sum += Double(weight(labels[row], classWeights)) * Double(negativeEntropy)
      logarithms.setElementwiseProduct(p, logarithms)
      logarithms.add(-negativeEntropy, times: p)
      p.copy(from: logarithms)
    }
    return sum
  }

  /// Adds β `scale` times the gradient to that of the cross-entropy.
  func add(_ strength: Float, to gradient: Matrix, _ labels: Span<Int32>, classWeights: Matrix?) {
    for row in 0..<gradient.rows where labels[row] >= 0 {
      gradient.rows(row..<row + 1).add(
        strength * weight(labels[row], classWeights), times: slopes.rows(row..<row + 1))
    }
  }

  private func weight(_ label: Int32, _ classWeights: Matrix?) -> Float { classWeights?[0, Int(label)] ?? 1 }
}
