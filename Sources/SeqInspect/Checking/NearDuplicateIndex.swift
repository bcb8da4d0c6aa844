import SeqCore

/// Finds texts that are nearly the same by MinHash (Broder 1997) with banding (Leskovec, Rajaraman and Ullman 2014,
/// chapter 3), in time and memory that grow with the number of texts, not of pairs.
///
/// A signature is the least of each of 120 hashes over a text's word triples. Two texts agree in each with the
/// probability of their Jaccard similarity s, the share of triples that both have. They are compared if one of 20 bands
/// of 6 agrees, which happens with 1 − (1 − s⁶)²⁰: for s = 0.8 in 99.8 of 100 cases, for s = 0.5 in 27. Then the share
/// of the 120 that agree estimates s, with a standard error of at most 4.6 points. A byte of each least is kept.
struct NearDuplicateIndex {
  private static let bands = 20
  private static let rows = 6
  private static let size = bands * rows
  /// How many members of a bucket a record is held against: its first ones and those right before it.
  private static let compared = 6

  /// Two texts that are nearly the same, the earlier one as `other`.
  struct Pair {
    var record: Int
    var other: Int
    var similarity: Double
    var isSameWords: Bool
    var isLeak: Bool
  }

  private let threshold: Double
  private let factors: [UInt32]
  private let addends: [UInt32]
  private var shingles = WordShingles()
  private var least = [UInt32](repeating: 0, count: size)
  /// The texts seen so far, so that each is only entered once.
  private var seen: Set<UInt64> = []
  /// The record of each entry, its words' hash, the keys of its bands and its signature, a byte each.
  private var records: [Int32] = []
  private var wholes: [UInt64] = []
  private var hasSignature: [Bool] = []
  private var keys: [UInt32] = []
  private var signatures: [UInt8] = []

  init(threshold: Double) {
    self.threshold = threshold
    var generator = Seed(0x5EED).child("minhash").generator
    factors = (0..<Self.size).map { _ in UInt32(truncatingIfNeeded: generator.next()) | 1 }
    addends = (0..<Self.size).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
  }

  /// Enters a text, unless the very same one was entered before.
  mutating func add(_ record: Int, text: String, hash: UInt64) {
    guard seen.insert(hash).inserted else { return }
    shingles.read(text)
    guard shingles.words > 0 else { return }
    records.append(Int32(truncatingIfNeeded: record))
    wholes.append(shingles.wholeText)
    let isLong = shingles.words >= WordShingles.minimumWords
    hasSignature.append(isLong)
    guard isLong else { return }
    sign()
    for band in 0..<Self.bands {
      var key: UInt64 = 0
      for row in 0..<Self.rows { key = (key ^ UInt64(least[band * Self.rows + row])) &* 0x9FB2_1C65_1E98_DF25 }
      keys.append(UInt32(truncatingIfNeeded: key >> 32))
    }
    for value in least { signatures.append(UInt8(truncatingIfNeeded: value >> 11)) }
  }

  /// Computes the least hashes of the triples at hand.
  private mutating func sign() {
    for i in least.indices { least[i] = .max }
    Self.lower(&least, shingles.hashes, factors: factors, addends: addends)
  }

  /// Brings each least down to that of its hash over some triples.
  private static func lower(_ least: inout [UInt32], _ hashes: [UInt32], factors: [UInt32], addends: [UInt32]) {
    var least = least.mutableSpan
    let (factors, addends) = (factors.span, addends.span)
    for hash in hashes {
      for i in 0..<size {
        var value = hash &* factors[i] &+ addends[i]
        value ^= value >> 15
        least[i] = min(least[i], value)
      }
    }
  }

  /// For each record the earlier one that is most like it, where one is like enough; by record.
  func pairs(part: [UInt8]) -> [Pair] {
    var best: [Int: Pair] = [:]
    func consider(_ a: Int, _ b: Int, _ similarity: Double, isSameWords: Bool) {
      let (other, record) = (Int(records[min(a, b)]), Int(records[max(a, b)]))
      let isLeak = part[record] != part[other]
      // That a text of another part was nearly seen matters more than that one of its own part is alike.
      if let known = best[record], (known.isLeak ? 1 : 0, known.similarity) >= (isLeak ? 1 : 0, similarity) { return }
      best[record] = Pair(
        record: record, other: other, similarity: similarity, isSameWords: isSameWords, isLeak: isLeak)
    }
    forEachBucket(Array(records.indices), wholes) { consider($0, $1, 1, isSameWords: true) }
    let long = records.indices.filter { hasSignature[$0] }
    for band in 0..<Self.bands {
      let keys = long.indices.map { UInt64(self.keys[$0 * Self.bands + band]) }
      forEachBucket(Array(long.indices), keys) { a, b in
        let similarity = similarity(a, b)
        if similarity >= threshold { consider(long[a], long[b], similarity, isSameWords: false) }
      }
    }
    return best.values.sorted { $0.record < $1.record }
  }

  /// Calls `body` with pairs of entries whose keys are equal.
  private func forEachBucket(_ entries: [Int], _ keys: [UInt64], _ body: (Int, Int) -> Void) {
    let sorted = entries.map { (key: keys[$0], entry: $0) }.sorted { ($0.key, $0.entry) < ($1.key, $1.entry) }
    var start = 0
    for end in sorted.indices {
      if sorted[end].key != sorted[start].key { start = end }
      for other in start..<min(end, start + Self.compared) { body(sorted[other].entry, sorted[end].entry) }
      for other in max(start + Self.compared, end - Self.compared)..<max(start + Self.compared, end) {
        body(sorted[other].entry, sorted[end].entry)
      }
    }
  }

  /// The share of hashes that agree, less the agreement by chance that a byte gives.
  private func similarity(_ a: Int, _ b: Int) -> Double {
    var equal = 0
    for i in 0..<Self.size where signatures[a * Self.size + i] == signatures[b * Self.size + i] { equal += 1 }
    let share = Double(equal) / Double(Self.size)
    return max(0, (share - 1 / 256) / (1 - 1 / 256))
  }
}
