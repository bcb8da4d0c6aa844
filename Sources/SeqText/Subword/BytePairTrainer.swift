/// Learns the merges of byte-pair encoding (Sennrich et al. 2016).
///
/// The pairs of all different chunks are counted once; each merge then only changes the counts of the chunks that
/// contain it. Of equally frequent pairs, the one whose pieces were made first is merged.
public struct BytePairTrainer {
  private let counts: [Int]
  /// The symbols of each chunk.
  private var words: [[Int32]]
  private var model = BytePairModel()

  /// The index of each pair in the arrays below.
  private var numbers = PairTable(capacity: 1 << 14)
  private var pairCounts: [Int] = []
  /// The chunks that contain each pair, or did.
  private var owners: [[Int32]] = []
  private var queue = PriorityQueue<Candidate>()

  private struct Candidate: Comparable {
    let count: Int
    let pair: UInt64

    /// The most frequent comes first.
    static func < (a: Candidate, b: Candidate) -> Bool {
      a.count == b.count ? a.pair < b.pair : a.count > b.count
    }
  }

  /// Learns from counted chunks.
  ///
  /// - Parameters:
  ///   - size: the number of pieces, including the 256 bytes; there are fewer if the text has no more.
  ///   - minimumCount: how often a pair must occur to be merged.
  public static func train(_ chunks: ChunkCounts, size: Int, minimumCount: Int = 2) -> SubwordModel {
    var trainer = BytePairTrainer(chunks)
    trainer.run(size: size, minimumCount: minimumCount)
    return SubwordModel(.bytePairs(trainer.model), chunks.settings)
  }

  private init(_ chunks: ChunkCounts) {
    let order = chunks.sorted
    counts = order.map { chunks.counts[$0] }
    words = order.map { chunks.chunks[$0].map { Int32(ByteAlphabet.places[Int($0)]) } }
    for word in words.indices { count(Int32(word), by: counts[word]) }
    for (number, pair) in pairs.enumerated() { queue.push(Candidate(count: pairCounts[number], pair: pair)) }
  }

  /// The pairs in the order of their numbers.
  private var pairs: [UInt64] = []

  private mutating func run(size: Int, minimumCount: Int) {
    while model.pieces.count < size, let best = queue.pop() {
      guard let number = numbers[best.pair] else { continue }
      let count = pairCounts[Int(number)]
      if count != best.count {
        // The count has fallen since the pair was put into the queue; a pair whose count rises is put in again.
        if count < best.count, count > 0 { queue.push(Candidate(count: count, pair: best.pair)) }
        continue
      }
      guard count >= max(1, minimumCount) else { break }
      merge(best.pair, Int(number))
    }
    model.finish()
  }

  private mutating func merge(_ pair: UInt64, _ number: Int) {
    let (left, right) = (Int32(truncatingIfNeeded: pair >> 32), Int32(truncatingIfNeeded: pair))
    guard model.add(left, right) else { return }
    let whole = Int32(model.pieces.number(of: model.pieces[Int(left)] + model.pieces[Int(right)]) ?? 0)
    let holders = owners[number]
    owners[number] = []
    var known = Set<UInt64>()
    for word in holders where holds(word, left, right) {
      count(word, by: -counts[Int(word)])
      replace(word, left, right, whole)
      count(word, by: counts[Int(word)])
      let symbols = words[Int(word)]
      for i in symbols.indices.dropLast() where symbols[i] == whole || symbols[i + 1] == whole {
        known.insert(PairTable.key(symbols[i], symbols[i + 1]))
      }
    }
    for pair in known.sorted() {
      if let number = numbers[pair] { queue.push(Candidate(count: pairCounts[Int(number)], pair: pair)) }
    }
  }

  private func holds(_ word: Int32, _ left: Int32, _ right: Int32) -> Bool {
    let symbols = words[Int(word)]
    for i in symbols.indices.dropFirst() where symbols[i - 1] == left && symbols[i] == right { return true }
    return false
  }

  /// Adds to the counts of the pairs of a chunk.
  private mutating func count(_ word: Int32, by amount: Int) {
    let symbols = words[Int(word)]
    for i in symbols.indices.dropFirst() {
      let pair = PairTable.key(symbols[i - 1], symbols[i])
      var number = Int(numbers[pair] ?? -1)
      if number < 0 {
        number = pairCounts.count
        numbers[pair] = Int32(number)
        pairs.append(pair)
        pairCounts.append(0)
        owners.append([])
      }
      pairCounts[number] += amount
      if amount > 0, owners[number].last != word { owners[number].append(word) }
    }
  }

  private mutating func replace(_ word: Int32, _ left: Int32, _ right: Int32, _ whole: Int32) {
    var symbols = words[Int(word)]
    var (to, from) = (0, 0)
    while from < symbols.count {
      let isPair = from + 1 < symbols.count && symbols[from] == left && symbols[from + 1] == right
      symbols[to] = isPair ? whole : symbols[from]
      to += 1
      from += isPair ? 2 : 1
    }
    symbols.removeLast(symbols.count - to)
    words[Int(word)] = symbols
  }
}
