import SeqTags

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The counts behind the scores of a classifier. They add up over shards, and scores are computed at the very end.
///
/// An example whose true class the model does not know (`nil`, or any number outside `0..<classes`) counts as an error:
/// it is in the denominators of accuracy, top-k accuracy, micro and weighted averages and calibration, and a false
/// positive of the class that was predicted. Each such number is a class of its own with a recall of 0, which macro
/// averages and balanced accuracy include; `nil` and negative numbers share one class. Log loss needs a probability and
/// leaves these examples out.
///
/// Memory grows with the number of classes and with the different pairs of truth and prediction that occur.
public struct ClassificationCounts: Sendable, Equatable {
  /// How many classes the model knows.
  public let classes: Int
  /// The values of k for which top-k accuracy is counted, ascending.
  public let topK: [Int]
  /// The number of examples for each pair of truth and prediction that occurs, keyed by `cell(_:_:)`; all unseen labels
  /// share the row `classes`.
  private var cells: [Int: Int] = [:]
  /// Examples by unseen label; −1 for those without a number.
  private var unseenSupports: [Int: Int] = [:]
  /// How many examples were counted, including unseen labels.
  public private(set) var count = 0
  /// How many predictions were right.
  public private(set) var correct = 0
  /// True examples by class.
  public private(set) var supports: [Int]
  /// Predictions by class, including those for unseen labels.
  public private(set) var predictions: [Int]
  /// How often the truth was among the k most probable classes, in the order of `topK`.
  private var topHits: [Int]
  /// Examples that came with probabilities.
  private var scored = 0
  /// Of those, the ones with a known label, and their Σ −ln p(label).
  private var lossCount = 0
  private var lossSum = 0.0
  private var calibration: CalibrationBins
  private var coverage = ConfidentCoverage()

  /// Counts of nothing.
  ///
  /// - Parameters:
  ///   - classes: how many classes the model knows.
  ///   - topK: the values of k for top-k accuracy; values below 1 are ignored.
  ///   - calibrationBins: the number of equal bins of 0…1 for the calibration error.
  public init(classes: Int, topK: [Int] = [], calibrationBins: Int = 10) {
    precondition(classes >= 0 && calibrationBins >= 0, "negative counts")
    self.classes = classes
    self.topK = Set(topK.filter { $0 > 0 }).sorted()
    (supports, predictions) = (Array(repeating: 0, count: classes), Array(repeating: 0, count: classes))
    topHits = Array(repeating: 0, count: self.topK.count)
    calibration = CalibrationBins(calibrationBins)
  }

  /// Counts one prediction.
  ///
  /// - Precondition: `predicted` is in `0..<classes`.
  public mutating func add(label: Int?, predicted: Int) {
    precondition((0..<classes).contains(predicted), "a predicted class the model does not have")
    let row = row(of: label)
    cells[cell(row, predicted), default: 0] += 1
    count += 1
    predictions[predicted] += 1
    if row < classes { supports[row] += 1 } else { unseenSupports[max(-1, label ?? -1), default: 0] += 1 }
    if row == predicted { correct += 1 }
  }

  /// Counts one prediction with the probability of each class; the first of the most probable classes is predicted.
  ///
  /// - Precondition: `probabilities` has one number per class.
  public mutating func add(label: Int?, probabilities: Span<Float>) {
    precondition(probabilities.count == classes && classes > 0, "one probability a class")
    add(label: label, outcome: Outcome(label: label, probabilities: probabilities))
  }

  /// Counts one prediction whose outcome for the same label is known.
  package mutating func add(label: Int?, outcome: Outcome) {
    let predicted = Int(outcome.predicted)
    add(label: label, predicted: predicted)
    scored += 1
    calibration.add(confidence: Double(outcome.confidence), isCorrect: label == predicted)
    coverage.add(confidence: outcome.confidence, isCorrect: label == predicted)
    guard row(of: label) < classes else { return }
    addLoss(of: outcome.labelProbability)
    // Of equally probable classes, the first one ranks higher, so top-1 accuracy equals accuracy.
    for i in topK.indices where outcome.rank < topK[i] { topHits[i] += 1 }
  }

  /// Counts one prediction with the probability of each class; the first of the most probable classes is predicted.
  ///
  /// - Precondition: `probabilities` has one number per class.
  public mutating func add(label: Int?, probabilities: [Float]) { add(label: label, probabilities: probabilities.span) }

  /// Counts one prediction with the probability of each class, such as a row of a flat array.
  ///
  /// - Precondition: `probabilities` has one number per class.
  public mutating func add(label: Int?, probabilities: ArraySlice<Float>) {
    add(label: label, probabilities: probabilities.span)
  }

  /// Adds the counts of another shard.
  ///
  /// - Precondition: both count the same classes, top-k and bins.
  public mutating func merge(_ other: ClassificationCounts) {
    precondition(classes == other.classes && topK == other.topK, "counts of different models")
    cells.merge(other.cells, uniquingKeysWith: +)
    unseenSupports.merge(other.unseenSupports, uniquingKeysWith: +)
    count += other.count
    correct += other.correct
    for i in supports.indices { supports[i] += other.supports[i] }
    for i in predictions.indices { predictions[i] += other.predictions[i] }
    for i in topHits.indices { topHits[i] += other.topHits[i] }
    scored += other.scored
    lossCount += other.lossCount
    lossSum += other.lossSum
    calibration.merge(other.calibration)
    coverage.merge(other.coverage)
  }

  /// The class's row, or the last for a label that the model does not know.
  private func row(of label: Int?) -> Int {
    guard let label, (0..<classes).contains(label) else { return classes }
    return label
  }

  /// The key of a row and a prediction.
  private func cell(_ row: Int, _ predicted: Int) -> Int { row * classes + predicted }

  /// Clips to [ε, 1 − ε], ε = 2⁻²³, as scikit-learn does with probabilities in `Float`; NaN stays NaN.
  private mutating func addLoss(of probability: Float) {
    let epsilon = Float.ulpOfOne
    let clipped = probability.isNaN ? probability : min(max(probability, epsilon), 1 - epsilon)
    lossSum -= log(Double(clipped))
    lossCount += 1
  }
}

extension ClassificationCounts {
  /// How many examples have this true class and this prediction.
  ///
  /// - Precondition: both are in `0..<classes`.
  public subscript(truth truth: Int, predicted predicted: Int) -> Int {
    precondition((0..<classes).contains(truth) && (0..<classes).contains(predicted), "a class the model does not have")
    return cells[cell(truth, predicted)] ?? 0
  }

  /// The pairs of true and predicted class that occur, with how many examples each has, by class; without unseen labels.
  public var pairs: [(truth: Int, predicted: Int, count: Int)] {
    cells.lazy.filter { $0.key < classes * classes }.map { ($0.key / classes, $0.key % classes, $0.value) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  }

  /// The confusion matrix, `[truth][predicted]`, without the unseen labels: its size is the square of `classes`.
  public var confusionMatrix: [[Int]] {
    var rows = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for pair in pairs { rows[pair.truth][pair.predicted] = pair.count }
    return rows
  }

  /// The predictions for examples whose true class the model does not know, by predicted class.
  public var unseenPredictions: [Int] { (0..<classes).map { cells[cell(classes, $0)] ?? 0 } }

  /// How many examples have a true class that the model does not know.
  public var unseen: Int { unseenSupports.values.reduce(0, +) }

  /// How many examples each unknown true class has.
  var unseenCounts: [Int] { unseenSupports.values.sorted() }

  /// The mean of −ln p(label) in nats, p clipped to [2⁻²³, 1 − 2⁻²³]; at least 0. `nil` if no example with a known
  /// label came with probabilities.
  public var logLoss: Double? { lossCount == 0 ? nil : lossSum / Double(lossCount) }

  /// Σ over confidence bins (lo, hi] of their share of the examples × |accuracy − mean confidence|, in 0…1
  /// (Naeini et al. 2015). `nil` if no example came with probabilities.
  public var calibrationError: Double? { calibration.expectedError }

  /// The largest share of the examples that can be answered above one confidence so that at least `precision` of these
  /// answers are right, in 0…1; 0 if there is no such confidence, `nil` if no example came with probabilities.
  public func coverage(precision: Double) -> Double? { coverage.share(precision: precision) }

  /// How often the truth was among the `k` most probable classes, in 0…1; ties go to the lower class. `nil` if this k
  /// is not counted or no example came with probabilities.
  public func topAccuracy(_ k: Int) -> Double? {
    guard scored > 0, let index = topK.firstIndex(of: k) else { return nil }
    return ratio(topHits[index], scored)
  }
}
