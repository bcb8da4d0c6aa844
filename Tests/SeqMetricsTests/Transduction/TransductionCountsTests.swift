import SeqCore
import SeqMetrics
import SeqTestSupport
import Testing

@Suite struct TransductionCountsTests {
  @Test func `edits of small sequences are counted by kind`() {
    #expect(EditDistance(found: [1, 2, 3], expected: [1, 2, 3]).edits.isEmpty)
    #expect(EditDistance(found: [1, 9, 3], expected: [1, 2, 3]).edits == [.substitution(expected: 2, found: 9)])
    #expect(EditDistance(found: [1, 3], expected: [1, 2, 3]).edits == [.deletion(expected: 2)])
    #expect(EditDistance(found: [1, 2, 2, 3], expected: [1, 2, 3]).count == 1)
    #expect(EditDistance(found: [], expected: [4, 4]).edits == [.deletion(expected: 4), .deletion(expected: 4)])
    #expect(EditDistance(found: [5], expected: []).edits == [.insertion(found: 5)])
  }

  /// kitten → sitting, the usual example.
  @Test func `kitten is three edits from sitting`() {
    let ids = { (word: String) in word.unicodeScalars.map { Int32($0.value) } }
    #expect(EditDistance(found: ids("kitten"), expected: ids("sitting")).count == 3)
  }

  /// The recursive definition, and what a metric must fulfil.
  @Test func `the distance is the recursive one, symmetric, and no edits change one sequence into another by fewer`() {
    var random = Seed(239).generator
    for _ in 0..<300 {
      let (a, b) = (draw(&random), draw(&random))
      let distance = EditDistance(found: a, expected: b).count
      #expect(distance == recursive(a[...], b[...]))
      #expect(distance == EditDistance(found: b, expected: a).count)
    }
  }

  @Test func `a sequence is compared with its closest reference, of equally close ones with the first`() {
    var counts = TransductionCounts()
    counts.add(found: [1, 2, 3], references: [[1, 2], [1, 2, 3]])
    #expect(counts.correct == 1 && counts.symbols == 3)
    counts.add(found: [1, 2, 3], references: [[1, 2], [1, 2, 3, 4]])
    #expect(counts.correct == 1 && counts.symbols == 5 && counts.insertions == 1)
    #expect(counts.wordErrorRate == 0.5 && counts.exactMatch == 0.5)
    #expect(counts.symbolErrorRate == 1.0 / 5)
  }

  @Test func `counts of shards add up`() {
    var random = Seed(241).generator
    let cases = (0..<40).map { _ in (draw(&random), [draw(&random), draw(&random)]) }
    var (whole, first, second) = (TransductionCounts(), TransductionCounts(), TransductionCounts())
    for (i, (found, references)) in cases.enumerated() {
      whole.add(found: found, references: references)
      if i % 2 == 0 {
        first.add(found: found, references: references)
      } else {
        second.add(found: found, references: references)
      }
    }
    first.merge(second)
    #expect(first == whole)
    #expect(whole.editTable { "\($0)" }.hasPrefix("expected"))
  }

  @Test func `of nothing every score is 0, and more edits than symbols give more than 1`() {
    var counts = TransductionCounts()
    #expect(counts.scores().allSatisfy { $0.value == 0 })
    counts.add(found: [1, 2, 3], references: [[4]])
    #expect(counts.symbolErrorRate == 3)
  }

  private func draw(_ random: inout SplitMix64) -> [Int32] {
    (0..<random.index(below: 7)).map { _ in Int32(random.index(below: 3)) }
  }

  private func recursive(_ a: ArraySlice<Int32>, _ b: ArraySlice<Int32>) -> Int {
    guard let x = a.last else { return b.count }
    guard let y = b.last else { return a.count }
    let (shorterA, shorterB) = (a.dropLast(), b.dropLast())
    if x == y { return recursive(shorterA, shorterB) }
    return 1 + min(recursive(shorterA, shorterB), recursive(a, shorterB), recursive(shorterA, b))
  }
}
