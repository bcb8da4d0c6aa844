import SeqTensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Cross-entropy in which an example counts the less the better it is known (Lin et al. 2017, "Focal loss for dense object
/// detection"), w(y) (1 − p)^γ (−log p) with p the label's probability.
struct FocalLoss {
  /// γ
  let gamma: Float
  /// w [1, C]; nil counts all alike.
  let classWeights: Matrix?

  /// Turns rows of scores into their gradient. With f(p) = −(1 − p)^γ log p, ∂L/∂o(c) = f′(p) p (δ(c, y) − p(c)).
  /// - Returns: `scale` · Σ loss. A negative label costs nothing.
  func apply(_ scores: Matrix, _ labels: Span<Int32>, scale: Double) -> Double {
    scores.softmaxRows()
    var total = 0.0
    for row in 0..<scores.rows {
      guard labels[row] >= 0 else {
        scores.rows(row..<row + 1).fill(0)
        continue
      }
      let label = Int(labels[row])
      let p = max(scores[row, label], .leastNormalMagnitude)
      let weight = classWeights?[0, label] ?? 1
      let (rest, nats) = (max(0, 1 - p), -log(p))
      let power = pow(rest, gamma)
      // f′(p) p, where (1 − p)^(γ − 1) log p is 0 at p = 1.
      let slope = (rest > 0 ? -gamma * power / rest * nats * p : 0) - power
      total += Double(weight * power * nats)
      let factor = slope * weight * Float(scale)
      for c in 0..<scores.columns { scores[row, c] = factor * ((c == label ? 1 : 0) - scores[row, c]) }
    }
    return total * scale
  }
}
