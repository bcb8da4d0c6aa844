import SeqTags

extension ClassificationCounts {
  /// Right predictions ÷ examples, unseen labels included, in 0…1; 0 without examples.
  public var accuracy: Double { ratio(correct, count) }

  /// Precision, recall, F1 and support of each class.
  public var classScores: [ClassScore] {
    let (supports, predictions) = (supports, predictions)
    return (0..<classes).map {
      ClassScore(correct: self[truth: $0, predicted: $0], predicted: predictions[$0], support: supports[$0])
    }
  }

  /// The mean over the classes that occur in truth or prediction, including unseen labels, as in scikit-learn; 0 for
  /// each figure that is 0 ÷ 0.
  public var macro: ClassScore { .macro(of: occurring) }

  /// The scores of the classes that occur in truth or prediction; those of unseen labels are 0.
  private var occurring: [ClassScore] {
    let predictions = predictions
    let known = classScores.enumerated().filter { $1.support > 0 || predictions[$0] > 0 }.map(\.element)
    return known + unseenCounts.map { ClassScore(correct: 0, predicted: 0, support: $0) }
  }

  /// Over all examples together: precision, recall and F1 all equal accuracy, since each example has one prediction.
  public var micro: ClassScore { ClassScore(correct: correct, predicted: count, support: count) }

  /// The mean over classes weighted by support; unseen labels count as classes with the score 0.
  public var weighted: ClassScore { .weighted(of: occurring, total: count) }

  /// The mean recall of the classes that occur in truth, with 0 for unseen labels, in 0…1; 0 if none occurs.
  public var balancedAccuracy: Double {
    let present = occurring.filter { $0.support > 0 }
    return present.isEmpty ? 0 : present.reduce(0) { $0 + $1.recall } / Double(present.count)
  }

  /// Matthews' correlation for many classes, R_K (Gorodkin 2004), in −1…1; 0 if truth or prediction is constant.
  ///
  /// (c·s − Σ pₖtₖ) ÷ √((s² − Σ pₖ²)(s² − Σ tₖ²)), c right of s examples, pₖ predictions and tₖ truths of class k.
  /// Each unseen label is one more class of truth.
  public var matthews: Double {
    let sums = marginals
    let spread = ((sums.total - sums.predictedSquares) * (sums.total - sums.truthSquares)).squareRoot()
    return spread > 0 ? (Double(correct) * Double(count) - sums.products) / spread : 0
  }

  /// Cohen's kappa (Cohen 1960), (pₒ − pₑ) ÷ (1 − pₑ), at most 1; 0 if chance alone always agrees.
  ///
  /// pₒ is the accuracy and pₑ = Σ pₖtₖ ÷ s² the agreement by chance. Each unseen label is one more class of truth.
  public var kappa: Double {
    let sums = marginals
    let room = sums.total - sums.products
    return room > 0 ? (Double(correct) * Double(count) - sums.products) / room : 0
  }

  /// s², Σ pₖtₖ, Σ pₖ² and Σ tₖ².
  private var marginals: (total: Double, products: Double, predictedSquares: Double, truthSquares: Double) {
    let truths = (supports + unseenCounts).map(Double.init)
    let predictions = predictions.map(Double.init)
    return (
      Double(count) * Double(count), zip(truths, predictions).reduce(0) { $0 + $1.0 * $1.1 },
      predictions.reduce(0) { $0 + $1 * $1 }, truths.reduce(0) { $0 + $1 * $1 }
    )
  }
}

extension ClassificationCounts: ScoredCounts {
  /// `f1`, `precision` and `recall` are the macro averages, for any number of classes. Examples without probabilities
  /// give no scores of probabilities.
  public static let rules: [ScoreRule<ClassificationCounts>] = [
    ScoreRule(Metric("accuracy", "share of answers that are right")) { $0.accuracy },
    ScoreRule("", "mean over the classes that occur") { $0.macro },
    ScoreRule("macro", "mean over the classes, or span types, that occur", isDetail: true) { $0.macro },
    ScoreRule("micro", "over all answers together", isDetail: true) { $0.micro },
    ScoreRule("weighted", "mean over classes, weighted by how often they are true", isDetail: true) { $0.weighted },
    ScoreRule(Metric("balancedAccuracy", "mean recall of the classes that are true of any example")) {
      $0.balancedAccuracy
    },
    ScoreRule(Metric("matthews", "Matthews' correlation for many classes, −1 … 1")) { $0.matthews },
    ScoreRule(Metric("kappa", "Cohen's kappa, at most 1")) { $0.kappa },
    ScoreRule([2, 3, 5].map(Metric.topAccuracy)) { counts in
      counts.topK.compactMap { k in counts.topAccuracy(k).map { (Metric.topAccuracy(k).name, $0) } }
    },
    ScoreRule(
      Metric(
        "logLoss", "mean of −ln p(label), p clipped to [2⁻²³, 1 − 2⁻²³]", isHigherBetter: false, basis: .probabilities,
        isDetail: true)
    ) { $0.logLoss },
    ScoreRule(
      Metric(
        "calibrationError", "expected calibration error over ten bins of confidence", isHigherBetter: false,
        basis: .probabilities)
    ) { $0.calibrationError },
    ScoreRule(
      Metric(
        "coverageAt95Precision",
        "largest share of examples whose answers, above some confidence, are at least 95 % right",
        basis: .probabilities,
        isDetail: true)
    ) { $0.coverage(precision: 0.95) },
  ]
}
