import SeqMetrics
import Testing

/// The figures of scikit-learn.
struct ClassificationGoldenTests {
  @Test(arguments: 0..<3) func averagesAndAgreement(index: Int) throws {
    let golden = try ClassificationCase.all()[index]
    let counts = golden.counts
    #expect(isClose(counts.accuracy, golden.accuracy))
    #expect(isClose(counts.macro.f1, golden.macroF1))
    #expect(isClose(counts.weighted.f1, golden.weightedF1))
    #expect(isClose(counts.micro.f1, golden.microF1))
    #expect(isClose(counts.matthews, golden.matthews))
    #expect(isClose(counts.kappa, golden.cohenKappa))
    #expect(isClose(counts.balancedAccuracy, golden.balancedAccuracy))
  }

  @Test(arguments: 0..<3) func classesAndConfusion(index: Int) throws {
    let golden = try ClassificationCase.all()[index]
    let scores = golden.counts.classScores
    #expect(zip(scores.map(\.precision), golden.precision).allSatisfy { isClose($0, $1) })
    #expect(zip(scores.map(\.recall), golden.recall).allSatisfy { isClose($0, $1) })
    #expect(zip(scores.map(\.f1), golden.f1).allSatisfy { isClose($0, $1) })
    #expect(scores.map(\.support) == golden.support)
    #expect(golden.counts.confusionMatrix == golden.confusion)
  }

  @Test(arguments: 0..<3) func probabilities(index: Int) throws {
    let golden = try ClassificationCase.all()[index]
    #expect(isClose(try #require(golden.counts.logLoss), golden.logLoss))
    #expect(isClose(try #require(golden.counts.calibrationError), golden.expectedCalibrationError10))
    if let expected = golden.top2Accuracy { #expect(isClose(try #require(golden.counts.topAccuracy(2)), expected)) }
  }

  @Test(arguments: 0..<5) func classesThatDoNotOccurAndLabelsThatAreUnknown(index: Int) throws {
    let golden = try LabelCase.all()[index]
    let scores = Dictionary(uniqueKeysWithValues: golden.counts.scores().map { ($0.name, $0.value) })
    for (name, value) in golden.figures { #expect(isClose(scores[name] ?? .nan, value), "\(name)") }
  }

  @Test func theFileHasThreeCases() throws {
    #expect(try ClassificationCase.all().count == 3)
  }

  @Test func theCheckCanFail() throws {
    var changed = try ClassificationCase.all()[0]
    changed.labels[0] = 1 - changed.labels[0]
    #expect(!isClose(changed.counts.accuracy, changed.accuracy))
    #expect(!isClose(try #require(changed.counts.logLoss), changed.logLoss))
  }
}
