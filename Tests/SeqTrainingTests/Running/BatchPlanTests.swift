import SeqCore
import SeqModel
import SeqRecords
import Testing

/// How an epoch is cut into batches.
struct BatchPlanTests {
  private static let data = Toy.data(.stepwise, count: 203)

  private func batches(_ data: EncodedDataset, _ size: BatchSize, seed: UInt64 = 1, pool: Int = 64) -> [[Int]] {
    let plan = BatchPlan(data, size: size, seed: Seed(seed), pool: pool)
    return (0..<plan.count).map { Array(plan[$0]) }
  }

  @Test(arguments: [BatchSize.sequences(1), .sequences(8), .sequences(500), .tokens(1), .tokens(40), .tokens(9_999)])
  func everySequenceIsInOneBatch(size: BatchSize) {
    #expect(batches(Self.data, size).flatMap { $0 }.sorted() == Array(0..<203))
  }

  @Test(arguments: [1, 7, 32, 203, 500], [1, 3, 64]) func batchesAreFullButForTheLastOfAPool(size: Int, pool: Int) {
    let sizes = batches(Self.data, .sequences(size), pool: pool).map(\.count)
    #expect(sizes.allSatisfy { (1...size).contains($0) })
    #expect(sizes.count == (203 + size - 1) / size)
  }

  @Test(arguments: [9, 16, 40, 100]) func batchesHoldNoMoreTokensThanAllowed(limit: Int) {
    let counts = batches(Self.data, .tokens(limit)).map { $0.reduce(0) { $0 + Self.data.length($1) } }
    #expect(counts.allSatisfy { $0 <= limit })
    #expect(counts.count <= 2 * (Self.data.tokenCount + limit - 1) / limit)
  }

  @Test func aSequenceLongerThanTheLimitIsABatchOfItsOwn() {
    let all = batches(Self.data, .tokens(4))
    for batch in all where batch.count > 1 { #expect(batch.reduce(0) { $0 + Self.data.length($1) } <= 4) }
    #expect(all.contains { $0.count == 1 && Self.data.length($0[0]) > 4 })
  }

  @Test func theSequencesOfABatchAreOfSimilarLength() {
    func spread(_ batches: [[Int]]) -> Int {
      batches.reduce(0) { sum, batch in
        let lengths = batch.map(Self.data.length)
        return sum + (lengths.max() ?? 0) - (lengths.min() ?? 0)
      }
    }
    let pooled = spread(batches(Self.data, .sequences(8)))
    #expect(pooled <= 9)
    #expect(pooled < spread(batches(Self.data, .sequences(8), pool: 1)) / 4, "a pool of one batch is not sorted")
  }

  @Test func thePlanDependsOnTheSeedAlone() {
    let one = batches(Self.data, .sequences(8))
    #expect(batches(Self.data, .sequences(8)) == one)
    let other = batches(Self.data, .sequences(8), seed: 2)
    #expect(other != one)
    #expect(Set(other.map { Set($0) }) != Set(one.map { Set($0) }), "not the order of the batches alone")
  }

  @Test func batchesAreInRandomOrder() {
    let lengths = batches(Self.data, .sequences(8)).map { Self.data.length($0[0]) }
    #expect(lengths != lengths.sorted() && lengths != lengths.sorted(by: >))
  }

  /// The definition, written out.
  @Test(arguments: [1, 7, 32], [1, 3, 64]) func itIsShuffledRankedCutAndShuffled(size: Int, pool: Int) {
    let seed = Seed(1)
    var shuffled = Array(0..<203)
    shuffled.shuffle(seed: seed.child("sequences"))
    var expected: [[Int]] = []
    for start in stride(from: 0, to: 203, by: size * pool) {
      let ranked = shuffled[start..<min(203, start + size * pool)].enumerated().sorted {
        (Self.data.length($0.element), $0.offset) < (Self.data.length($1.element), $1.offset)
      }.map(\.element)
      for i in stride(from: 0, to: ranked.count, by: size) {
        expected.append(Array(ranked[i..<min(ranked.count, i + size)]))
      }
    }
    expected.shuffle(seed: seed.child("batches"))
    #expect(batches(Self.data, .sequences(size), pool: pool) == expected)
  }

  @Test func noDataGivesNoBatches() { #expect(batches(EncodedDataset(isTagged: true), .sequences(4)).isEmpty) }
}
