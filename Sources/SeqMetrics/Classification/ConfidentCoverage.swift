/// Answers by confidence, for the share that needs no human review.
struct ConfidentCoverage: Sendable, Equatable {
  private struct Tally: Sendable, Equatable {
    var count = 0
    var correct = 0
  }

  /// Keyed by the bits of the confidence, which sort like the confidence.
  private var tallies: [UInt32: Tally] = [:]
  private var count = 0

  /// Counts an answer; NaN as confidence counts as 0.
  mutating func add(confidence: Float, isCorrect: Bool) {
    let key = confidence > 0 ? confidence.bitPattern : 0
    tallies[key, default: Tally()].count += 1
    if isCorrect { tallies[key, default: Tally()].correct += 1 }
    count += 1
  }

  mutating func merge(_ other: ConfidentCoverage) {
    for (key, tally) in other.tallies {
      tallies[key, default: Tally()].count += tally.count
      tallies[key, default: Tally()].correct += tally.correct
    }
    count += other.count
  }

  /// The largest share of the examples that are answered above some confidence with at least this precision; 0 if there is no
  /// such confidence, `nil` without examples.
  func share(precision: Double) -> Double? {
    if count == 0 { return nil }
    var (answered, correct, best) = (0, 0, 0)
    for key in tallies.keys.sorted(by: >) {
      let tally = tallies[key] ?? Tally()
      answered += tally.count
      correct += tally.correct
      if Double(correct) >= precision * Double(answered) { best = answered }
    }
    return Double(best) / Double(count)
  }
}
