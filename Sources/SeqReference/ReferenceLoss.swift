/// Cross-entropy with class weights w and label smoothing ε, as PyTorch defines it. For scores o, p = softmax(o) and
/// the label y of one of C classes:
///
///     ℓ = (1 − ε) w(y) (−log p(y)) + ε / C Σ_c w(c) (−log p(c))
///
/// With the focal loss's γ instead of ε, ℓ = w(y) (1 − p(y))^γ (−log p(y)).
///
/// A confidence penalty β adds w(y) β Σ_c p(c) log p(c).
///
/// The mean over examples is Σ ℓ / Σ w(y). A negative label is unknown: it adds to neither sum.
package struct ReferenceLoss: Sendable {
  /// nil counts all classes alike.
  package var classWeights: [Double]?
  /// What the keys of the loss hold, by their names in a config; 0 for those that are absent.
  package var numbers: [String: Double]

  package init(classWeights: [Double]? = nil, _ numbers: [String: Double] = [:]) {
    (self.classWeights, self.numbers) = (classWeights, numbers)
  }

  /// Σ ℓ / Σ w(y), for rows of scores and their labels.
  package func mean(_ scores: [Vector], labels: [Int]) -> Double {
    precondition(scores.count == labels.count, "\(scores.count) rows of scores, \(labels.count) labels")
    var total = 0.0
    var weight = 0.0
    for (scores, label) in zip(scores, labels) where label >= 0 {
      total += loss(scores, label: label)
      weight += classWeight(label)
    }
    return total / weight
  }

  /// Σ w(y) · cost / Σ w(y), for tags whose costs a chain gives.
  package func mean(costs: Vector, labels: [Int]) -> Double {
    let weights = labels.map(classWeight)
    return dot(weights, costs) / weights.reduce(0, +)
  }

  private func loss(_ scores: Vector, label: Int) -> Double {
    let normalizer = logSumExp(scores)
    let (smoothing, gamma) = (numbers["labelSmoothing"] ?? 0, numbers["focalGamma"] ?? 0)
    if gamma > 0 {
      let nats = normalizer - scores[label]
      return classWeight(label) * power(1 - exponential(-nats), gamma) * nats
    }
    let costs = scores.indices.map { classWeight($0) * (normalizer - scores[$0]) }  // w(c) (−log p(c))
    let spread = smoothing == 0 ? 0 : smoothing / Double(scores.count) * costs.reduce(0, +)
    return (1 - smoothing) * costs[label] + spread + penalty(scores, normalizer) * classWeight(label)
  }

  /// β Σ_c p(c) log p(c).
  private func penalty(_ scores: Vector, _ normalizer: Double) -> Double {
    guard let beta = numbers["confidencePenalty"], beta > 0 else { return 0 }
    return beta * scores.reduce(0) { $0 + exponential($1 - normalizer) * ($1 - normalizer) }
  }

  private func classWeight(_ index: Int) -> Double { classWeights?[index] ?? 1 }
}
