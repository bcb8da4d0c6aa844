import SeqCore

/// Finds texts that are nearly the same by MinHash (Broder 1997) with banding (Leskovec, Rajaraman and Ullman 2014,
/// chapter 3), in time and memory that grow with the number of texts, not of pairs.
///
/// A signature consists of the minima of 120 hashes over a text's word triples. Two texts agree in each minimum with a
/// probability equal to their Jaccard similarity s, the share of triples that both have. They are compared if one of 20
/// bands of 6 minima agrees, which has the probability 1 − (1 − s⁶)²⁰: 99.8 % for s = 0.8, 27 % for s = 0.5. Then the
/// share of the 120 minima that agree estimates s, with a standard error of at most 4.6 points. Only one byte of each
/// minimum is kept, and bands are compared by these bytes.
struct NearDuplicateIndex {
  private static let bands = 20
  private static let rows = 6
  private static let size = bands * rows
  /// How many members of a bucket a record is compared with: the first ones and those right before it.
  private static let compared = 6

  /// Two texts that are nearly the same, the earlier one as `other`.
  struct Pair {
    let record: UInt32
    let other: UInt32
    let similarity: Float
    let isSameWords: Bool
    let isLeak: Bool
  }

  private let threshold: Double
  private let factors: [UInt32]
  private let addends: [UInt32]
  private var shingles = WordShingles()
  private var least = [UInt32](repeating: 0, count: size)
  /// The texts seen so far, so that each is only entered once.
  private var seen = FirstRecords()
  /// The record of each entry, and the hash of its words.
  private var records: [UInt32] = []
  private var wholes: [UInt64] = []
  /// The entries that are long enough for a signature, and their signatures: one byte for each minimum.
  private var long: [UInt32] = []
  private var signatures: [UInt8] = []

  init(threshold: Double) {
    self.threshold = threshold
    var generator = Seed(0x5EED).child("minhash").generator
    factors = (0..<Self.size).map { _ in UInt32(truncatingIfNeeded: generator.next()) | 1 }
    addends = (0..<Self.size).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
  }

  /// Enters the text of a record, unless an identical one was entered before.
  ///
  /// - Parameter hashes: those of the texts of all records so far.
  mutating func add(_ record: Int, text: String, hashes: [UInt64]) {
    guard seen.insert(record, hashes) else { return }
    shingles.read(text)
    guard shingles.words > 0 else { return }
    records.append(UInt32(record))
    wholes.append(shingles.wholeText)
    guard shingles.words >= WordShingles.minimumWords else { return }
    long.append(UInt32(records.count - 1))
    sign()
    for value in least { signatures.append(UInt8(truncatingIfNeeded: value >> 11)) }
  }

  /// Frees the memory that only further texts would need.
  mutating func finish() { seen = FirstRecords() }

  /// Computes the minimal hashes of the current triples.
  private mutating func sign() {
    for i in least.indices { least[i] = .max }
    Self.lower(&least, shingles.hashes, factors: factors, addends: addends)
  }

  /// Lowers each minimum to that of its hash over some triples.
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

  /// For each record, the most similar earlier one, if it is similar enough; sorted by record.
  func pairs(part: [UInt8]) -> [Pair] {
    var best: [UInt32: Pair] = [:]
    func consider(_ a: Int, _ b: Int, _ similarity: Double, isSameWords: Bool) {
      let (other, record, similarity) = (records[min(a, b)], records[max(a, b)], Float(similarity))
      let isLeak = part[Int(record)] != part[Int(other)]
      // A near leak from another part matters more than a near duplicate within the same part.
      if let known = best[record], (known.isLeak ? 1 : 0, known.similarity) >= (isLeak ? 1 : 0, similarity) { return }
      best[record] = Pair(
        record: record, other: other, similarity: similarity, isSameWords: isSameWords, isLeak: isLeak)
    }
    forEachBucket(wholes.count) {
      wholes[$0]
    } _: { a, b in
      if wholes[a] == wholes[b] { consider(a, b, 1, isSameWords: true) }
    }
    for band in 0..<Self.bands {
      forEachBucket(long.count) {
        key(band, of: $0)
      } _: { a, b in
        let similarity = similarity(a, b)
        if similarity >= threshold { consider(Int(long[a]), Int(long[b]), similarity, isSameWords: false) }
      }
    }
    return best.values.sorted { $0.record < $1.record }
  }

  /// The key that is equal for two texts that agree in a band.
  private func key(_ band: Int, of entry: Int) -> UInt64 {
    let start = entry * Self.size + band * Self.rows
    var key: UInt64 = 0
    for i in start..<start + Self.rows { key = (key ^ UInt64(signatures[i])) &* 0x9FB2_1C65_1E98_DF25 }
    return key
  }

  /// Calls `body` with pairs of entries whose keys agree in their high 32 bits: all pairs with equal keys, and hardly
  /// any others.
  private func forEachBucket(_ count: Int, key: (Int) -> UInt64, _ body: (Int, Int) -> Void) {
    // One number per entry, with the key in the upper half and its index in the lower half, which sorts in the least
    // memory.
    var sorted = (0..<count).map { key($0) & ~0xFFFF_FFFF | UInt64($0) }
    sorted.sort()
    func entry(_ index: Int) -> Int { Int(sorted[index] & 0xFFFF_FFFF) }
    var start = 0
    for end in sorted.indices {
      if sorted[end] >> 32 != sorted[start] >> 32 { start = end }
      for other in start..<min(end, start + Self.compared) { body(entry(other), entry(end)) }
      for other in max(start + Self.compared, end - Self.compared)..<max(start + Self.compared, end) {
        body(entry(other), entry(end))
      }
    }
  }

  /// The share of hashes that agree, minus the chance agreement of single bytes.
  private func similarity(_ a: Int, _ b: Int) -> Double {
    var equal = 0
    for i in 0..<Self.size where signatures[a * Self.size + i] == signatures[b * Self.size + i] { equal += 1 }
    let share = Double(equal) / Double(Self.size)
    return max(0, (share - 1 / 256) / (1 - 1 / 256))
  }
}
