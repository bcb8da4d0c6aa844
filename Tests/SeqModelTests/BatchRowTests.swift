import SeqCore
import SeqModel
import SeqTestSupport
import Testing

/// Which rows of the embedding table shards and batches need.
@Suite struct BatchRowTests {
  @Test func `distinct numbers come in the order of their first places`() {
    var distinct = DistinctIDs()
    var random = Seed(223).generator
    for trial in 0..<200 {
      let bound = [1, 3, 40, 1_000_000][trial % 4]
      // Multiples of a power of two, too, which a bad hash would put into one place.
      let list = (0..<random.index(below: 200)).map { _ in Int32(random.index(below: bound) << (trial % 10)) }
      distinct.removeAll()
      distinct.reserve(list.count)
      for id in list { distinct.append(id) }
      var expected: [Int32] = []
      for id in list where !expected.contains(id) { expected.append(id) }
      #expect(distinct.ids == expected)
      #expect(distinct.index.map { expected[Int($0)] } == list)
      for id in expected { #expect(distinct.contains(id)) }
      for id in -5..<0 { #expect(!distinct.contains(Int32(id))) }
    }
    #expect(!DistinctIDs().contains(0))
  }

  @Test func `a shard's rows are its distinct tokens'`() {
    let batch = TokenBatch(
      topology: .stepwise, lengths: [3, 1, 12, 5, 5, 1, 7], vocabulary: 9, classes: 3, seed: Seed(227))
    for shard in batch.shards(2) {
      #expect(shard.distinctIndex.map { shard.distinctIDs[Int($0)] } == shard.ids)
      #expect(Set(shard.distinctIDs).count == shard.distinctIDs.count)
    }
  }

  @Test func `a batch's rows are those of its shards`() {
    var rows = BatchRows()
    for (lengths, vocabulary) in [([3, 1, 12, 5], 9), ([40, 39, 2, 2, 2], 300), ([1], 1), ([2, 2], 4)] {
      let batch = TokenBatch(topology: .stepwise, lengths: lengths, vocabulary: vocabulary, classes: 3, seed: Seed(229))
      rows.collect(batch.shards(2)[...])
      let used = Set(batch.tokens.joined().map(Int32.init))
      #expect(rows.ids.count == used.count && Set(rows.ids) == used)
      for id in 0..<300 { #expect(rows.contains(Int32(id)) == used.contains(Int32(id))) }
    }
    rows.removeAll()
    #expect(rows.ids.isEmpty && !rows.contains(0))
  }
}
