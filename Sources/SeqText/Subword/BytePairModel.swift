/// Byte-pair encoding (Sennrich et al. 2016) over bytes (Radford et al. 2019): in each chunk of a line, the two
/// neighbours whose merge was learned first are merged, until none is left.
///
/// It can represent any text, because the 256 bytes are pieces. The pieces of a line, joined, give the line.
struct BytePairModel: Sendable {
  /// The bytes of the pieces: first the 256 bytes in the order of `ByteAlphabet`, then the result of each merge.
  private(set) var pieces = ByteIndex(capacity: 512)
  /// The merges in their order.
  private(set) var merges: [(left: Int32, right: Int32)] = []
  /// The rank of each merge.
  private var ranks = PairTable(capacity: 512)
  /// The result of each merge.
  private var results: [Int32] = []
  /// Whether merging the bytes of a piece gives exactly that piece. A chunk that equals such a piece needs no merging.
  private var isWhole: [Bool] = []
  /// The names of the pieces in the vocabulary.
  private(set) var names: [ArraySlice<UInt8>] = []

  /// Chunks up to this length are merged by scanning all pairs, longer ones with a queue.
  private static let shortLength = 48

  /// A model of the bytes only.
  init() {
    for byte in ByteAlphabet.bytes { _ = pieces.insert([byte][...]) }
  }

  /// Adds a merge of two pieces; false if it exists already.
  mutating func add(_ left: Int32, _ right: Int32) -> Bool {
    let key = PairTable.key(left, right)
    guard ranks[key] == nil else { return false }
    ranks[key] = Int32(merges.count)
    merges.append((left, right))
    results.append(Int32(pieces.insert(pieces[Int(left)] + pieces[Int(right)]).number))
    return true
  }

  /// Completes the model.
  mutating func finish() {
    names = (0..<pieces.count).map { Array(ByteAlphabet.text(of: pieces[$0]).utf8)[...] }
    isWhole = [Bool](repeating: false, count: pieces.count)
    var symbols: [Int32] = []
    for piece in 0..<pieces.count {
      merge(pieces[piece], &symbols)
      isWhole[piece] = symbols == [Int32(piece)]
    }
  }

  /// The pieces of a chunk, in `symbols`.
  func encode(_ chunk: ArraySlice<UInt8>, _ symbols: inout [Int32]) {
    if let piece = pieces.number(of: chunk), isWhole[piece] {
      symbols.removeAll(keepingCapacity: true)
      symbols.append(Int32(piece))
    } else {
      merge(chunk, &symbols)
    }
  }

  private func merge(_ chunk: ArraySlice<UInt8>, _ symbols: inout [Int32]) {
    symbols.removeAll(keepingCapacity: true)
    for byte in chunk { symbols.append(Int32(ByteAlphabet.places[Int(byte)])) }
    if symbols.count <= Self.shortLength { mergeShort(&symbols) } else { mergeLong(&symbols) }
  }

  private func mergeShort(_ symbols: inout [Int32]) {
    while symbols.count > 1 {
      var (best, place) = (Int32.max, 0)
      for i in 1..<symbols.count {
        if let rank = ranks[PairTable.key(symbols[i - 1], symbols[i])], rank < best { (best, place) = (rank, i) }
      }
      if best == .max { return }
      symbols[place - 1] = results[Int(best)]
      symbols.remove(at: place)
    }
  }

  /// A possible merge; the one learned first comes first, then the leftmost.
  private struct Candidate: Comparable {
    let rank: Int32
    let left: Int32, right: Int32

    static func < (a: Candidate, b: Candidate) -> Bool { (a.rank, a.left) < (b.rank, b.left) }
  }

  /// Merges a long chunk in O(n log n): symbols are linked, and merged ones become −1.
  private func mergeLong(_ symbols: inout [Int32]) {
    let count = symbols.count
    var previous = (0..<count).map { Int32($0 - 1) }
    var next = (0..<count).map { Int32($0 + 1) }
    var queue = PriorityQueue<Candidate>()
    func offer(_ left: Int32, _ right: Int32) {
      guard left >= 0, right < count else { return }
      if let rank = ranks[PairTable.key(symbols[Int(left)], symbols[Int(right)])] {
        queue.push(Candidate(rank: rank, left: left, right: right))
      }
    }
    for i in 1..<Int32(count) { offer(i - 1, i) }
    while let candidate = queue.pop() {
      let (left, right) = (Int(candidate.left), Int(candidate.right))
      guard symbols[left] >= 0, symbols[right] >= 0, next[left] == candidate.right,
        ranks[PairTable.key(symbols[left], symbols[right])] == candidate.rank
      else { continue }
      symbols[left] = results[Int(candidate.rank)]
      symbols[right] = -1
      next[left] = next[right]
      if next[left] < count { previous[Int(next[left])] = candidate.left }
      offer(previous[left], candidate.left)
      offer(candidate.left, next[left])
    }
    symbols.removeAll { $0 < 0 }
  }
}
