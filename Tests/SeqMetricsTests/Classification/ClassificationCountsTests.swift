import SeqCore
import SeqMetrics
import SeqReport
import SeqTags
import Testing

struct ClassificationCountsTests {
  @Test func nothingGivesZeros() {
    for classes in [0, 1, 3] {
      let counts = ClassificationCounts(classes: classes, topK: [1])
      #expect(counts.count == 0)
      #expect(counts.scores().allSatisfy { $0.value == 0 })
      #expect(counts.logLoss == nil && counts.calibrationError == nil && counts.topAccuracy(1) == nil)
    }
  }

  @Test func oneClassIsRightButAgreesByChance() {
    var counts = ClassificationCounts(classes: 1)
    for _ in 0..<3 { counts.add(label: 0, probabilities: [1]) }
    #expect(counts.accuracy == 1 && counts.macro.f1 == 1 && counts.balancedAccuracy == 1)
    #expect(counts.matthews == 0 && counts.kappa == 0)
    #expect(counts.calibrationError == 0)
  }

  @Test func aClassNeverPredictedHasNoPrecision() {
    var counts = ClassificationCounts(classes: 3)
    counts.add(label: 0, predicted: 0)
    counts.add(label: 1, predicted: 0)
    let scores = counts.classScores
    #expect(scores.map(\.precision) == [0.5, 0, 0])
    #expect(scores.map(\.recall) == [1, 0, 0])
    #expect(scores.map(\.support) == [1, 1, 0])
    #expect(isClose(counts.macro.f1, 1.0 / 3), "the third class does not occur")
    #expect(counts.balancedAccuracy == 0.5, "the mean over the two classes that occur")
  }

  @Test func allWrong() {
    var counts = ClassificationCounts(classes: 2)
    for label in [0, 1, 0, 1] { counts.add(label: label, predicted: 1 - label) }
    #expect(counts.accuracy == 0 && counts.macro.f1 == 0 && counts.weighted.f1 == 0)
    #expect(counts.matthews == -1 && counts.kappa == -1)
  }

  @Test func anUnseenLabelIsAnError() {
    var counts = ClassificationCounts(classes: 2, topK: [1, 2])
    counts.add(label: 0, probabilities: [0.75, 0.25])
    for label in [nil, -1, 2] { counts.add(label: label, probabilities: [0.75, 0.25]) }
    #expect(counts.count == 4 && counts.unseen == 3 && counts.unseenPredictions == [3, 0])
    #expect(counts.accuracy == 0.25 && counts.micro.f1 == 0.25)
    #expect(counts.classScores[0].precision == 0.25 && counts.classScores[0].recall == 1)
    #expect(counts.weighted.recall == 0.25)
    #expect(counts.topAccuracy(2) == 0.25)
    #expect(counts.calibrationError == 0.5)
    #expect(isClose(counts.logLoss ?? 0, 0.2876820724517809), "−ln 0.75, of the known label alone")
  }

  @Test func aChosenClassCountsAsTheFirst() {
    // A tagger with constraints chose 2, which is the least probable.
    let probabilities: [Float] = [0.5, 0.375, 0.125]
    var counts = ClassificationCounts(classes: 3, topK: [1, 2, 3])
    for label in 0..<3 {
      counts.add(label: label, outcome: Outcome(label: label, probabilities: probabilities.span, predicted: 2))
    }
    #expect(counts.topAccuracy(1) == counts.accuracy)
    #expect(isClose(counts.topAccuracy(2) ?? 0, 2.0 / 3), "0 is the second, 1 the third")
    #expect(counts.topAccuracy(3) == 1)
  }

  @Test func fiftyThousandClassesTakeNoSquareOfIt() {
    let classes = 50_000
    var counts = ClassificationCounts(classes: classes)
    for label in 0..<1_000 { counts.add(label: 49 * label, predicted: label % 2 == 0 ? 49 * label : label) }
    var merged = ClassificationCounts(classes: classes)
    merged.merge(counts)
    #expect(merged == counts && counts.correct == 500 && counts.pairs.count == 1_000)
    #expect(counts.scores().first { $0.name == "accuracy" }?.value == 0.5)
    #expect(counts.confusedPairs(limit: 1).first?.truth == 49)
    #expect(counts.confusionTable(names: (0..<classes).map(String.init)) == nil)
  }

  @Test func equalProbabilitiesGoToTheFirst() {
    var counts = ClassificationCounts(classes: 3, topK: [2, 1, 2, 0])
    #expect(counts.topK == [1, 2])
    for label in 0..<3 { counts.add(label: label, probabilities: [0.25, 0.375, 0.375]) }
    #expect(counts[truth: 2, predicted: 1] == 1)
    #expect(counts.topAccuracy(1) == counts.accuracy)
    #expect(isClose(counts.topAccuracy(2) ?? 0, 2.0 / 3))
    #expect(counts.topAccuracy(3) == nil, "not asked for")
  }

  @Test func probabilitiesAreClipped() {
    var counts = ClassificationCounts(classes: 2)
    counts.add(label: 0, probabilities: [0, 1])
    #expect(isClose(counts.logLoss ?? 0, 15.942385152878742), "−ln 2⁻²³")
  }

  @Test func whatIsNotANumberShowsAndDoesNotTrap() {
    var counts = ClassificationCounts(classes: 2, topK: [1])
    counts.add(label: 1, probabilities: [.nan, .nan])
    counts.add(label: 1, probabilities: [-.infinity, .infinity])
    #expect(counts.logLoss?.isNaN == true)
    #expect(counts.calibrationError?.isNaN == true)
    #expect(counts.accuracy == 0.5)
  }

  @Test func binsAreClosedAbove() {
    // 0.5 belongs to (0.4, 0.5]: with 0.45, right and wrong, it makes one bin of |1 − 0.95| ÷ 2.
    var counts = ClassificationCounts(classes: 3)
    counts.add(label: 0, probabilities: [0.5, 0.25, 0.25])
    counts.add(label: 1, probabilities: [0.45, 0.3, 0.25])
    #expect(isClose(counts.calibrationError ?? 0, 0.025))
    // 0.51 does not: |1 − 0.51| and |0 − 0.45|, halved.
    var apart = ClassificationCounts(classes: 3)
    apart.add(label: 0, probabilities: [0.51, 0.25, 0.24])
    apart.add(label: 1, probabilities: [0.45, 0.3, 0.25])
    #expect(isClose(apart.calibrationError ?? 0, 0.47))
  }

  @Test func aSliceIsAsGoodAsAnArray() {
    let rows: [Float] = [0.2, 0.8, 0.6, 0.4]
    var (slices, arrays) = (ClassificationCounts(classes: 2), ClassificationCounts(classes: 2))
    for i in 0..<2 {
      slices.add(label: 1, probabilities: rows[(2 * i)..<(2 * i + 2)])
      arrays.add(label: 1, probabilities: Array(rows[(2 * i)..<(2 * i + 2)]))
    }
    #expect(slices == arrays)
    #expect(slices.confusionMatrix == [[0, 0], [1, 1]])
  }

  @Test(arguments: 0..<20) func mergingIsCountingAllAtOnce(seed: UInt64) {
    var generator = Seed(seed).child("merge").generator
    let classes = 1 + generator.index(below: 6)
    let empty = ClassificationCounts(classes: classes, topK: [1, 3], calibrationBins: 1 + generator.index(below: 12))
    var whole = empty
    var shards = Array(repeating: empty, count: 4)
    for _ in 0..<generator.index(below: 200) {
      // Sixteenths add up without rounding, so that the sums are equal to the bit.
      let row = (0..<classes).map { _ in Float(generator.index(below: 17)) / 16 }
      let label = generator.index(below: classes + 1)
      whole.add(label: label, probabilities: row)
      shards[generator.index(below: 4)].add(label: label, probabilities: row)
    }
    var merged = empty
    for shard in shards { merged.merge(shard) }
    #expect(merged.confusionMatrix == whole.confusionMatrix && merged.unseen == whole.unseen)
    #expect(zip(merged.scores(), whole.scores()).allSatisfy { $0.name == $1.name && isClose($0.value, $1.value) })
    #expect(merged.calibrationError == whole.calibrationError)
    #expect(merged.scores().count == whole.scores().count)
  }

  @Test func scoresHaveAStableOrder() throws {
    let names = try ClassificationCase.all()[1].counts.scores().map(\.name)
    let expected = [
      "accuracy", "f1", "precision", "recall", "macroF1", "macroPrecision", "macroRecall", "microF1", "microPrecision",
      "microRecall", "weightedF1", "weightedPrecision", "weightedRecall", "balancedAccuracy", "matthews", "kappa",
      "top2Accuracy", "logLoss", "calibrationError", "coverageAt95Precision",
    ]
    #expect(names == expected)
  }
}
