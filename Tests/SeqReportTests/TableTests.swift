import SeqMetrics
import SeqReport
import Testing

struct TableTests {
  @Test func columnsAreAlignedByWidth() {
    var table = TextTable([.left("词"), .right("n")])
    table.addRule()
    table.add(["体育新闻", "7"])
    table.add(["e\u{301}t", "1234", "too many"])
    table.add(["tab\t"])
    let expected = """
      词           n
      --------------
      体育新闻     7
      e\u{301}t        1234
      tab\\u{9}
      """
    #expect(table.render() == expected)
  }

  @Test func aTableWithoutRowsIsItsHeading() {
    #expect(TextTable([.left("a"), .right("b")]).render() == "a  b")
    #expect(TextTable([.left(""), .left("")]).render() == "")
    #expect(TextTable([]).render() == "")
  }

  @Test func classes() {
    var counts = ClassificationCounts(classes: 3)
    count([(0, 0, 14), (0, 1, 2), (1, 1, 10), (1, 2, 3), (2, 2, 1200)], in: &counts)
    counts.add(label: nil, predicted: 1)
    let expected = """
      class             precision  recall      F1  support
      ----------------------------------------------------
      体育                 1.0000  0.8750  0.9333       16
      娱乐新闻             0.7692  0.7692  0.7692       13
      économie             0.9975  1.0000  0.9988     1200
      ----------------------------------------------------
      macro average        0.6917  0.6611  0.6753     1230
      weighted average     0.9943  0.9951  0.9947     1230
      accuracy                             0.9951     1230
      unseen labels                                      1
      """
    #expect(counts.classTable(names: ["体育", "娱乐新闻", "économie"]) == expected)
  }

  @Test func spanTypes() {
    var counts = SpanCounts()
    counts.add(gold: ["B-人名", "I-人名", "O", "B-LOC"], predicted: ["B-人名", "I-人名", "O", "B-人名"])
    let expected = """
      type              precision  recall      F1  support
      ----------------------------------------------------
      LOC                  0.0000  0.0000  0.0000        1
      人名                 0.5000  1.0000  0.6667        1
      ----------------------------------------------------
      micro average        0.5000  0.5000  0.5000        2
      macro average        0.2500  0.5000  0.3333        2
      weighted average     0.2500  0.5000  0.3333        2
      """
    #expect(counts.typeTable() == expected)
  }

  @Test func noSpans() {
    let lines = SpanCounts().typeTable().split(separator: "\n")
    #expect(lines.count == 5 && lines[2].hasPrefix("micro average        0.0000"))
  }
}

struct ConfusionTests {
  @Test func aSmallMatrix() {
    var counts = ClassificationCounts(classes: 3)
    count([(0, 0, 14), (0, 1, 2), (1, 1, 10), (1, 2, 3), (2, 2, 1200)], in: &counts)
    counts.add(label: nil, predicted: 1)
    let expected = """
      rows: truth, columns: prediction
               体育 娱乐新闻 économie
      体育       14        2        .
      娱乐新闻    .       10        3
      économie    .        .     1200
      (unseen)    .        1        .
      """
    #expect(counts.confusionReport(names: ["体育", "娱乐新闻", "économie"]) == expected)
  }

  @Test func headingsThatWouldBeEqualAreNumbers() {
    var counts = ClassificationCounts(classes: 3)
    count([(0, 0, 5), (1, 2, 12_345), (2, 2, 678)], in: &counts)
    let names = ["category-one", "category-two", "category-three"]
    let exact = """
      rows: truth, columns: prediction
               1 2     3
      1 categ… 5 .     .
      2 categ… . . 12345
      3 categ… . .   678
      """
    let shortened = """
      rows: truth, columns: prediction
                   1 2   3
      1 category-… 5 .   .
      2 category-… . . 12k
      3 category-… . . 678
      """
    #expect(counts.confusionTable(names: names, width: 26) == exact)
    #expect(counts.confusionTable(names: names, width: 25) == shortened)
    #expect(counts.confusionTable(names: names, width: 19) == nil)
  }

  @Test(arguments: ["", "category-"]) func twentyClassesFitIntoAHundredColumns(prefix: String) throws {
    var counts = ClassificationCounts(classes: 20)
    for truth in 0..<20 { count([(truth, truth, 2_000), (truth, (truth + 3) % 20, truth)], in: &counts) }
    counts.add(label: nil, predicted: 0)
    let names = "abcdefghijklmnopqrst".map { prefix + String(repeating: $0, count: 12) }
    let lines = try #require(counts.confusionTable(names: names)).split(separator: "\n")
    #expect(lines.count == 23)
    #expect(lines.allSatisfy { String($0).displayWidth <= 100 })
    #expect(lines[2].contains(" 2k"), "shortened, since four digits do not fit")
  }

  @Test func moreClassesAreListedByPairs() {
    var counts = ClassificationCounts(classes: 60)
    count([(5, 7, 3), (7, 5, 9), (59, 0, 3), (7, 7, 9), (1, 1, 4)], in: &counts)
    counts.add(label: nil, predicted: 2)
    let expected = """
      truth   predicted  count  of truth
      ----------------------------------
      类别7   类别5          9    50.0 %
      类别5   类别7          3   100.0 %
      类别59  类别0          3   100.0 %
      """
    let names = (0..<60).map { "类别\($0)" }
    #expect(counts.confusionTable(names: names) == nil)
    #expect(counts.confusionReport(names: names) == expected)
    #expect(counts.confusedPairs(limit: 1).map(\.count) == [9])
  }

  @Test func nothingConfused() {
    let counts = ClassificationCounts(classes: 2)
    #expect(counts.confusedPairsTable(names: ["a", "b"]) == "no two classes confused")
    #expect(counts.confusionReport(names: ["a", "b"]).hasSuffix("a . .\nb . ."))
    #expect(ClassificationCounts(classes: 0).confusionReport(names: []) == "rows: truth, columns: prediction\n")
  }
}

private func count(_ cells: [(truth: Int, predicted: Int, count: Int)], in counts: inout ClassificationCounts) {
  for cell in cells { for _ in 0..<cell.count { counts.add(label: cell.truth, predicted: cell.predicted) } }
}
