/// Examples by confidence, in equal-width bins (lo, hi], for the expected calibration error.
struct CalibrationBins: Sendable, Equatable {
  private struct Bin: Sendable, Equatable {
    var count = 0
    var correct = 0
    var confidence = 0.0
  }

  private var bins: [Bin]

  init(_ count: Int) { bins = Array(repeating: Bin(), count: count) }

  /// Counts a prediction; a confidence outside 0…1 goes to the nearest bin, and NaN to the first.
  mutating func add(confidence: Double, isCorrect: Bool) {
    guard !bins.isEmpty else { return }
    let upperEdge = (confidence * Double(bins.count)).rounded(.up)
    // min and max in this order turn a NaN into 1.
    let bin = Int(max(1, min(upperEdge, Double(bins.count)))) - 1
    bins[bin].count += 1
    bins[bin].correct += isCorrect ? 1 : 0
    bins[bin].confidence += confidence
  }

  mutating func merge(_ other: CalibrationBins) {
    precondition(bins.count == other.bins.count, "calibration bins of different widths")
    for i in bins.indices {
      bins[i].count += other.bins[i].count
      bins[i].correct += other.bins[i].correct
      bins[i].confidence += other.bins[i].confidence
    }
  }

  /// Σ over bins of |accuracy − mean confidence|, weighted by the bin's share of the examples (Naeini et al. 2015).
  /// In 0…1; `nil` without examples.
  var expectedError: Double? {
    let count = bins.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    // A bin's n ÷ N × |correct ÷ n − confidence ÷ n| is |correct − confidence| ÷ N.
    return bins.reduce(0) { $0 + abs(Double($1.correct) - $1.confidence) } / Double(count)
  }
}
