import SeqCore
import SeqMetrics
import SeqTags
import SeqTestSupport
import Testing

struct ConfidentCoverageTests {
  /// Two classes; the first is given with each confidence.
  private func counts(_ answers: [(confidence: Float, isRight: Bool)]) -> ClassificationCounts {
    var counts = ClassificationCounts(classes: 2)
    for (confidence, isRight) in answers {
      counts.add(label: isRight ? 0 : 1, probabilities: [confidence, 1 - confidence])
    }
    return counts
  }

  @Test func `the confident answers that are right are counted`() {
    let some = counts([(0.9, true), (0.8, true), (0.7, false), (0.6, true)])
    #expect(some.coverage(precision: 0.95) == 0.5)
    #expect(some.coverage(precision: 0.75) == 1)
    #expect(counts([(0.9, false), (0.8, true)]).coverage(precision: 0.95) == 0)
    #expect(ClassificationCounts(classes: 2).coverage(precision: 0.95) == nil)
    #expect(some.scores().first { $0.name == "coverageAt95Precision" }?.value == 0.5)
  }

  @Test func `answers of one confidence stand or fall together`() {
    #expect(counts([(0.9, true), (0.9, false), (0.8, true)]).coverage(precision: 0.95) == 0)
    #expect(counts(Array(repeating: (0.9, true), count: 19) + [(0.9, false)]).coverage(precision: 0.95) == 1)
  }

  /// Every threshold tried one by one.
  @Test(arguments: 0..<50) func `it is the best of all thresholds`(trial: Int) {
    var random = Seed(47).child("coverage", trial).generator
    let answers = (0..<40).map { _ in
      (confidence: 0.5 + Float(Int.random(in: 0...20, using: &random)) / 41, isRight: Bool.random(using: &random))
    }
    let best = answers.map(\.confidence).map { threshold -> Double in
      let given = answers.filter { $0.confidence >= threshold }
      return given.count { $0.isRight } * 4 >= given.count * 3 ? Double(given.count) / 40 : 0
    }.max()
    #expect(counts(answers).coverage(precision: 0.75) == best)
    var parts = counts(Array(answers[..<7]))
    parts.merge(counts(Array(answers[7...])))
    #expect(parts.coverage(precision: 0.75) == best)
  }
}
