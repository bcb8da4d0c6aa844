import SeqCore
import SeqTensor

/// Linear support vector machines, one for each class against all others, with squared hinge loss: dual coordinate
/// descent (Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM").
///
/// A feature is weighted by how well it distinguishes a class from the others: by its naive Bayes log-count ratio (Wang
/// and Manning 2012, "Baselines and bigrams"). The features of a text are divided by the
/// square root of their number.
struct LinearMachine {
  /// The features of each example, each once, and its class; −1 for none.
  let examples: [[Int32]]
  let labels: [Int32]
  let keys: [UInt32]
  let classes: Int
  let settings: BaselineSettings

  func fit(seed: Seed, team: WorkerTeam) -> LinearWeights {
    // For two classes, one machine is enough: the second score is the first one negated.
    let count = classes == 2 ? 1 : classes
    let results = (0..<count).map { _ in ClassResult() }
    team.run(count) { k in results[k].fit(self, Int32(k), seed.child("class", k)) }
    var biases = results.map(\.bias)
    var entries: [LinearWeights.Entry] = []
    for (k, result) in results.enumerated() {
      for (feature, value) in result.weights {
        entries.append(.init(feature: feature, owner: Int32(k), value: value))
      }
    }
    if classes == 2 { biases.append(0) }
    return LinearWeights(biases: biases, keys: keys, entries: entries)
  }

  /// |log (p / ‖p‖ : q / ‖q‖)| of each feature, p and q its smoothed counts in a class and outside.
  fileprivate func factors(_ own: Int32) -> [Float] {
    var (inside, outside) = ([Float](repeating: 1, count: keys.count), [Float](repeating: 1, count: keys.count))
    for (features, label) in zip(examples, labels) {
      for feature in features {
        if label == own { inside[Int(feature)] += 1 } else { outside[Int(feature)] += 1 }
      }
    }
    let total = inside.reduce(0, +) / outside.reduce(0, +)
    let share = Float(settings.naiveBayes)
    return keys.indices.map { f in (1 - share) + share * abs(logarithm(inside[f] / outside[f] / total)) }
  }
}

/// The result of the machine for one class.
///
/// Unchecked because one task fills it and others read it after that task has ended: see `WorkerTeam`.
private final class ClassResult: @unchecked Sendable {
  private(set) var bias: Float = 0
  private(set) var weights: [(feature: Int32, value: Float)] = []

  func fit(_ machine: LinearMachine, _ own: Int32, _ seed: Seed) {
    let factors = machine.factors(own)
    let diagonal = Float(1 / (2 * machine.settings.cost))
    let examples = machine.examples
    // ‖x‖² + 1, where 1 is for the bias, a feature that every text has.
    let norms = examples.map { features in
      1 + features.reduce(Float(0)) { $0 + factors[Int($1)] * factors[Int($1)] } / Float(max(1, features.count))
    }
    var w = [Float](repeating: 0, count: machine.keys.count)
    var alphas = [Float](repeating: 0, count: examples.count)
    var bias: Float = 0
    var order = examples.indices.filter { machine.labels[$0] >= 0 }
    for epoch in 0..<machine.settings.epochs {
      order.shuffle(seed: seed.child("epoch", epoch))
      var moved = false
      for i in order {
        let features = examples[i]
        let sign: Float = machine.labels[i] == own ? 1 : -1
        let share = 1 / Float(max(1, features.count)).squareRoot()
        var score: Float = 0
        for f in features { score += w[Int(f)] * factors[Int(f)] }
        let slope = sign * (score * share + bias) - 1 + diagonal * alphas[i]
        let alpha = max(0, alphas[i] - slope / (norms[i] + diagonal))
        let change = (alpha - alphas[i]) * sign
        if change == 0 { continue }
        moved = true
        alphas[i] = alpha
        bias += change
        for f in features { w[Int(f)] += change * share * factors[Int(f)] }
      }
      if !moved { break }
    }
    self.bias = bias
    // Weights that `LinearWeights` leaves out are dropped here: its bound is a share of the greatest weight of all
    // classes, which is at least that of this class.
    for i in w.indices { w[i] *= factors[i] }
    let least = LinearWeights.least * w.reduce(0) { max($0, abs($1)) }
    weights = w.indices.filter { abs(w[$0]) > least }.map { (Int32($0), w[$0]) }
  }
}
