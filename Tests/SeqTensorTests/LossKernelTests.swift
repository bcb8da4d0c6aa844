import CSeqKernels
import SeqCore
import SeqTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Softmax and cross-entropy of every level against plain loops.
@Suite struct LossKernelTests {
  @Test(arguments: KernelLevel.all)
  func `softmax rows are exponentials over their sum`(level: KernelLevel) {
    for classes in 1...67 {
      let scores = randomScores(rows: 3, classes: classes)
      let x = GuardedMatrix(rows: 3, columns: classes, gap: 2, values: scores)
      level.table.softmax(3, classes, x.base, x.stride)
      let expected = (0..<3).flatMap { softmax(scores[$0 * classes..<($0 + 1) * classes].doubles) }
      #expect(largestError(of: x.values.doubles, from: expected) < 5e-7, "\(classes)")
      #expect(x.gapsAreUntouched, "\(classes)")
    }
  }

  @Test(arguments: KernelLevel.all)
  func `softmax does not overflow, and NaN spoils its row alone`(level: KernelLevel) {
    let scores: [Float] = [3e38, -3e38, 0, -1e4, -1e4, -1e4, 1, .nan, 2]
    let x = GuardedMatrix(rows: 3, columns: 3, gap: 0, values: scores)
    level.table.softmax(3, 3, x.base, 3)
    #expect(largestError(of: x.values.prefix(6).doubles, from: [1, 0, 0, 1 / 3, 1 / 3, 1 / 3]) < 1e-7)
    #expect(x.values.suffix(3).allSatisfy { $0.isNaN })
  }

  @Test(arguments: KernelLevel.all)
  func `cross-entropy and its gradient are the formula's`(level: KernelLevel) {
    for classes in 1...67 {
      for (weighted, smoothing) in [(false, 0), (true, 0), (false, 0.1), (true, 0.3)] as [(Bool, Float)] {
        let trial = CrossEntropyTrial(classes: classes, isWeighted: weighted, smoothing: smoothing)
        let (lossError, gradientError) = trial.errors(level.table)
        #expect(lossError < 1e-6 && gradientError < 5e-7, "\(classes), weighted \(weighted), smoothing \(smoothing)")
      }
    }
  }

  @Test(arguments: KernelLevel.all)
  func `a negative label costs nothing and has no gradient`(level: KernelLevel) {
    let x = GuardedMatrix(rows: 2, columns: 5, gap: 3, values: randomScores(rows: 2, classes: 5))
    let loss = level.table.cross_entropy(2, 5, x.base, x.stride, [-1, -1], nil, 0.1, 1)
    #expect(loss == 0 && x.values == [Float](repeating: 0, count: 10) && x.gapsAreUntouched)
  }

  @Test(arguments: KernelLevel.all)
  func `a NaN score makes the loss NaN`(level: KernelLevel) {
    for place in 0..<3 {
      var scores: [Float] = [1, 2, 3]
      scores[place] = .nan
      let x = GuardedFloats(scores)
      #expect(level.table.cross_entropy(1, 3, x.base, 3, [2], nil, 0, 1).isNaN, "\(place)")
    }
  }

  @Test func `a wrong gradient is detected`() {
    let trial = CrossEntropyTrial(classes: 9, isWeighted: true, smoothing: 0.1)
    var (loss, gradient) = trial.run(KernelLevel.all[0].table)
    loss *= 1.001
    gradient[4] += 1e-5
    let (lossError, gradientError) = trial.errors(loss: loss, gradient: gradient)
    #expect(lossError > 1e-6 && gradientError > 5e-7)
  }
}

private func randomScores(rows: Int, classes: Int) -> [Float] {
  var random = Seed(17).child("scores", classes).generator
  return random.floats(rows * classes, bound: 6)
}

private func softmax(_ scores: [Double]) -> [Double] {
  let exponentials = scores.map { exp($0) }
  let sum = exponentials.reduce(0, +)
  return exponentials.map { $0 / sum }
}

/// Random scores of a few rows, one of them without a label.
private struct CrossEntropyTrial {
  let classes: Int
  let scores: [Float]
  let labels: [Int32]
  let weights: [Float]?
  let smoothing: Float
  let scale = 0.25

  init(classes: Int, isWeighted: Bool, smoothing: Float) {
    var random = Seed(19).child("labels", classes).generator
    self.classes = classes
    self.smoothing = smoothing
    scores = randomScores(rows: 4, classes: classes)
    labels = (0..<4).map { $0 == 2 ? -1 : Int32(random.index(below: classes)) }
    weights = isWeighted ? random.floats(classes).map { $0 + 1.5 } : nil
  }

  func run(_ table: seqk_table) -> (loss: Double, gradient: [Float]) {
    let x = GuardedMatrix(rows: 4, columns: classes, gap: 3, values: scores)
    let guarded = weights.map { GuardedFloats($0) }
    let loss = table.cross_entropy(4, classes, x.base, x.stride, labels, guarded?.base, smoothing, scale)
    return (x.gapsAreUntouched ? loss : .nan, x.values)
  }

  func errors(_ table: seqk_table) -> (loss: Double, gradient: Double) {
    let (loss, gradient) = run(table)
    return errors(loss: loss, gradient: gradient)
  }

  func errors(loss: Double, gradient: [Float]) -> (loss: Double, gradient: Double) {
    let (expectedLoss, expectedGradient) = expected()
    let lossError = abs(loss - expectedLoss) / max(1, expectedLoss)
    return (lossError.isNaN ? .infinity : lossError, largestError(of: gradient.doubles, from: expectedGradient))
  }

  /// ℓ = Σ_c q(c) (−log p(c)) with q(c) = (1 − ε) w(y) [c = y] + ε w(c) / C; ∂ℓ/∂o(c) = p(c) Σ q − q(c).
  private func expected() -> (loss: Double, gradient: [Double]) {
    var loss = 0.0
    var gradient: [Double] = []
    let epsilon = Double(smoothing)
    for (r, label) in labels.enumerated() {
      let p = softmax(scores[r * classes..<(r + 1) * classes].doubles)
      let q = (0..<classes).map { c in
        let w = Double(weights?[c] ?? 1)
        return label < 0 ? 0 : epsilon * w / Double(classes) + (c == Int(label) ? (1 - epsilon) * w : 0)
      }
      loss -= zip(p, q).reduce(0) { $0 + $1.1 * log($1.0) }
      let total = q.reduce(0, +)
      gradient += zip(p, q).map { scale * ($0 * total - $1) }
    }
    return (scale * loss, gradient)
  }
}
