import SeqMetrics
import SeqTags
import SeqTestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A case of `classification_metrics.json`, made with scikit-learn.
struct ClassificationCase: Decodable {
  var labels: [Int]
  var probabilities: [[Float]]
  var accuracy, macroF1, weightedF1, microF1, matthews, cohenKappa, balancedAccuracy, logLoss: Double
  var expectedCalibrationError10: Double
  var precision, recall, f1: [Double]
  var support: [Int]
  var confusion: [[Int]]
  var top2Accuracy: Double?

  static func all() throws -> [ClassificationCase] {
    try JSONDecoder().decode(Cases<Self>.self, from: golden("classification_metrics.json")).cases
  }

  var counts: ClassificationCounts {
    var counts = ClassificationCounts(classes: support.count, topK: [2])
    for (label, row) in zip(labels, probabilities) { counts.add(label: label, probabilities: row) }
    return counts
  }
}

/// A case of `label_metrics.json`, made with scikit-learn: classes that do not occur, and labels that are none.
struct LabelCase: Decodable {
  var classes: Int
  var labels, predicted: [Int]
  var macroPrecision, macroRecall, macroF1, weightedPrecision, weightedRecall, weightedF1: Double
  var accuracy, balancedAccuracy, matthews, kappa: Double

  static func all() throws -> [LabelCase] {
    try JSONDecoder().decode(Cases<Self>.self, from: golden("label_metrics.json")).cases
  }

  var counts: ClassificationCounts {
    var counts = ClassificationCounts(classes: classes)
    for (label, guess) in zip(labels, predicted) { counts.add(label: label, predicted: guess) }
    return counts
  }

  /// The figures by the names of scores.
  var figures: [(name: String, value: Double)] {
    [
      ("accuracy", accuracy), ("f1", macroF1), ("precision", macroPrecision), ("recall", macroRecall),
      ("weightedF1", weightedF1), ("weightedPrecision", weightedPrecision), ("weightedRecall", weightedRecall),
      ("balancedAccuracy", balancedAccuracy), ("matthews", matthews), ("kappa", kappa),
    ]
  }
}

/// A case of `span_metrics.json`, made with seqeval.
struct SpanCase: Decodable {
  struct Figures: Decodable {
    var precision, recall: Double
    var f1: Double
    var support: Int

    enum CodingKeys: String, CodingKey {
      case precision, recall, support
      case f1 = "f1-score"
    }
  }

  var mode: String
  var scheme: String?
  var gold, predicted: [[String]]
  var report: [String: Figures]

  static func all() throws -> [SpanCase] {
    try JSONDecoder().decode(Cases<Self>.self, from: golden("span_metrics.json")).cases
  }

  var sense: SpanSense? {
    switch (mode, scheme) {
    case ("conlleval", nil): .conlleval
    case ("strict", "IOB1"): .strict(.iob1)
    case ("strict", "IOB2"): .strict(.iob2)
    case ("strict", "IOBES"): .strict(.bioes)
    default: nil
    }
  }
}

private struct Cases<Case: Decodable>: Decodable {
  var cases: [Case]
}

/// Whether two numbers agree to a relative 10⁻⁶, or an absolute 10⁻⁹ about zero.
func isClose(_ a: Double, _ b: Double, relative: Double = 1e-6) -> Bool {
  abs(a - b) <= max(1e-9, relative * max(abs(a), abs(b)))
}

/// Whether a score has the figures of a report.
func isClose(_ score: ClassScore, _ figures: SpanCase.Figures) -> Bool {
  isClose(score.precision, figures.precision) && isClose(score.recall, figures.recall)
    && isClose(score.f1, figures.f1) && score.support == figures.support
}
