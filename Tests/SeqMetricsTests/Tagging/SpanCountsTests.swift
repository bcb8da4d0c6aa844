import SeqCore
import SeqMetrics
import SeqTags
import Testing

struct SpanCountsTests {
  @Test(arguments: 0..<6) func seqevalsReport(index: Int) throws {
    let golden = try SpanCase.all()[index]
    var counts = SpanCounts(sense: try #require(golden.sense))
    for (gold, predicted) in zip(golden.gold, golden.predicted) { counts.add(gold: gold, predicted: predicted) }
    var rows = counts.typeScores.map { ($0.type, $0.score) }
    rows += [("micro avg", counts.micro), ("macro avg", counts.macro), ("weighted avg", counts.weighted)]
    #expect(Set(rows.map(\.0)) == Set(golden.report.keys))
    for (name, score) in rows { #expect(isClose(score, try #require(golden.report[name])), "\(name)") }
  }

  @Test func theCheckCanFail() throws {
    let golden = try SpanCase.all()
    #expect(golden.count == 6)
    var strict = SpanCounts(sense: .strict(.iob2))
    for (gold, predicted) in zip(golden[0].gold, golden[0].predicted) { strict.add(gold: gold, predicted: predicted) }
    #expect(!isClose(strict.micro, try #require(golden[0].report["micro avg"])), "strict is not conlleval")
  }

  @Test func nothingGivesZeros() {
    var counts = SpanCounts()
    #expect(counts.scores().allSatisfy { $0.value == 0 })
    counts.add(gold: ["O", "O"], predicted: ["O", "O"])
    #expect(counts.types.isEmpty && counts.micro.support == 0 && counts.macro.f1 == 0)
  }

  @Test func neverPredictedAndAllWrong() {
    var counts = SpanCounts()
    counts.add(gold: ["B-X", "O"], predicted: ["O", "O"])
    #expect(counts.micro.precision == 0 && counts.micro.recall == 0 && counts["X"].gold == 1)
    counts.add(gold: ["B-X", "I-X"], predicted: ["B-Y", "I-Y"])
    #expect(counts.types == ["X", "Y"] && counts.total.correct == 0 && counts.total.predicted == 1)
  }

  @Test func spansThatOverlapAreNotEqual() {
    var counts = SpanCounts()
    counts.add(gold: ["B-X", "I-X", "I-X", "B-X", "O"], predicted: ["B-X", "B-X", "I-X", "B-X", "I-X"])
    #expect(counts["X"].gold == 2 && counts["X"].predicted == 3 && counts["X"].correct == 0)
  }

  @Test(arguments: 0..<10) func idsNamesAndShardsAgree(seed: UInt64) {
    var generator = Seed(seed).child("spans").generator
    let names = ["O", "B-X", "I-X", "E-X", "S-X", "B-Y", "I-Y", "I-Z"]
    let table = TagTable(names: names)
    for sense in [SpanSense.conlleval, .strict(.iob1), .strict(.iob2), .strict(.bioes)] {
      var (byName, byID) = (SpanCounts(sense: sense), SpanCounts(sense: sense))
      var shards = Array(repeating: SpanCounts(sense: sense), count: 3)
      for _ in 0..<50 {
        let gold = (0..<generator.index(below: 9)).map { _ in generator.index(below: names.count) }
        let predicted = gold.map { generator.index(below: 3) == 0 ? generator.index(below: names.count) : $0 }
        byName.add(gold: gold.map { names[$0] }, predicted: predicted.map { names[$0] })
        byID.add(gold: gold, predicted: predicted.map(Int32.init), tags: table)
        shards[generator.index(below: 3)].add(gold: gold, predicted: predicted, tags: table)
      }
      var merged = SpanCounts(sense: sense)
      for shard in shards { merged.merge(shard) }
      #expect(byName == byID && merged == byID)
      #expect(byID.total.gold > 0)
    }
  }

  @Test func idsOutsideOfTheTableAreOutsideOfSpans() {
    var counts = SpanCounts()
    counts.add(gold: [1, -1, 1], predicted: [1, 7, 0], tags: TagTable(names: ["O", "B-X"]))
    #expect(counts["X"].gold == 2 && counts["X"].predicted == 1 && counts["X"].correct == 1)
  }
}
