#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// All ways to split words into pieces, each piece with a probability.
struct PieceLattice {
  private let pieces: [UnigramSeeds.Piece]
  private let trie: PieceTrie
  private let probabilities: [Double]

  init(_ pieces: [UnigramSeeds.Piece]) {
    self.pieces = pieces
    trie = PieceTrie(pieces.lazy.map(\.bytes))
    probabilities = pieces.map { exp($0.score) }
  }

  private struct Edge {
    let start: Int, end: Int
    let piece: Int
  }

  /// The places of pieces in a word, by their beginnings.
  private func edges(_ word: ArraySlice<UInt8>, _ edges: inout [Edge]) {
    edges.removeAll(keepingCapacity: true)
    let first = word.startIndex
    for at in word.indices {
      trie.forEachPiece(word, at: at) { edges.append(Edge(start: at - first, end: $1 - first, piece: Int($0))) }
    }
  }

  /// The expected count of each piece in words with the given counts (forward-backward; Rabiner 1989). Words with a
  /// scalar that is not a piece are skipped.
  func expectedCounts(_ words: [ArraySlice<UInt8>], _ counts: [Int]) -> [Double] {
    var expected = [Double](repeating: 0, count: pieces.count)
    var edges: [Edge] = []
    var (forward, backward): ([Double], [Double]) = ([], [])
    for (word, count) in zip(words, counts) {
      self.edges(word, &edges)
      Self.reset(&forward, word.count + 1)
      Self.reset(&backward, word.count + 1)
      (forward[0], backward[word.count]) = (1, 1)
      for edge in edges { forward[edge.end] += forward[edge.start] * probabilities[edge.piece] }
      let whole = forward[word.count]
      guard whole > 0 else { continue }
      for edge in edges.reversed() { backward[edge.start] += backward[edge.end] * probabilities[edge.piece] }
      for edge in edges {
        let share = forward[edge.start] * probabilities[edge.piece] * backward[edge.end] / whole
        expected[edge.piece] += share * Double(count)
      }
    }
    return expected
  }

  private static func reset(_ values: inout [Double], _ count: Int) {
    values.removeAll(keepingCapacity: true)
    for _ in 0..<count { values.append(0) }
  }

  /// The count of each piece in the best splits of words with the given counts.
  func bestCounts(_ words: [ArraySlice<UInt8>], _ counts: [Int]) -> [Double] {
    var result = [Double](repeating: 0, count: pieces.count)
    for (word, count) in zip(words, counts) {
      for piece in best(word, without: nil) ?? [] { result[piece] += Double(count) }
    }
    return result
  }

  /// The best split of a piece's text without the piece itself; nil if that split is better anyway, so that the piece
  /// is useless.
  func alternative(to number: Int) -> [Int]? {
    guard let others = best(pieces[number].bytes, without: number) else { return nil }
    let score = others.reduce(0.0) { $0 + pieces[$1].score }
    return score > pieces[number].score ? nil : others
  }

  /// The best split of a word (Viterbi), if there is one.
  private func best(_ word: ArraySlice<UInt8>, without left: Int?) -> [Int]? {
    var edges: [Edge] = []
    self.edges(word, &edges)
    var scores = [Double](repeating: -.infinity, count: word.count + 1)
    var last = [Int](repeating: -1, count: word.count + 1)
    scores[0] = 0
    for (number, edge) in edges.enumerated() where edge.piece != left {
      let score = scores[edge.start] + pieces[edge.piece].score
      if score > scores[edge.end] { (scores[edge.end], last[edge.end]) = (score, number) }
    }
    guard scores[word.count] > -.infinity else { return nil }
    var result: [Int] = []
    var at = word.count
    while at > 0 {
      let edge = edges[last[at]]
      result.append(edge.piece)
      at = edge.start
    }
    return result
  }
}
