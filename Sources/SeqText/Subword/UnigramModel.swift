/// The unigram language model of subwords (Kudo 2018): each piece has a probability, and each chunk of a line is split
/// so that the product of the probabilities is largest.
///
/// A scalar that is not a piece is written as its bytes, so every text has pieces. The pieces of a line, joined, give
/// the line.
struct UnigramModel: Sendable {
  /// How much less probable a byte is than the rarest piece, as a logarithm.
  private static let bytePenalty: Float = 10

  /// The pieces in the order of their numbers, each with the natural logarithm of its probability.
  let pieces: [(bytes: ArraySlice<UInt8>, score: Float)]
  /// Pieces as the vocabulary sees them.
  let names: [ArraySlice<UInt8>]
  private let trie: PieceTrie
  private let byteScore: Float

  init(_ pieces: [(bytes: ArraySlice<UInt8>, score: Float)]) {
    self.pieces = pieces
    trie = PieceTrie(pieces.lazy.map(\.bytes))
    names = pieces.map { Array(Self.name(of: $0.bytes).utf8)[...] }
    byteScore = (pieces.map(\.score).min() ?? 0) - Self.bytePenalty
  }

  /// A piece as text: `▁` stands for a space, and no piece contains a real `▁`.
  static func name(of piece: ArraySlice<UInt8>) -> String {
    String(decoding: piece, as: UTF8.self).replacing(" ", with: "\u{2581}")
  }

  /// The last piece of the best split up to a place.
  struct Step {
    var score: Float
    /// Where the last piece begins.
    var start: Int32
    /// The piece's number; −1 for a scalar as bytes.
    var piece: Int32
  }

  /// Calls `body` with each piece of a chunk and its range: a piece's number, or −1 and one byte.
  func forEachPiece(_ chunk: ArraySlice<UInt8>, _ steps: inout [Step], _ body: (Int, Range<Int>) -> Void) {
    search(chunk, &steps)
    // The path from the end to the start, reversed in place.
    var ends: [Int] = []
    var at = chunk.count
    while at > 0 {
      ends.append(at)
      at = Int(steps[at].start)
    }
    let first = chunk.startIndex
    for end in ends.reversed() {
      let step = steps[end]
      if step.piece >= 0 {
        body(Int(step.piece), first + Int(step.start)..<first + end)
      } else {
        for byte in Int(step.start)..<end { body(-1, first + byte..<first + byte + 1) }
      }
    }
  }

  /// Finds the best split (Viterbi): the best step to every place of a chunk.
  private func search(_ chunk: ArraySlice<UInt8>, _ steps: inout [Step]) {
    steps.removeAll(keepingCapacity: true)
    for _ in 0...chunk.count { steps.append(Step(score: -.infinity, start: 0, piece: -1)) }
    steps[0].score = 0
    let first = chunk.startIndex
    var at = first
    while at < chunk.endIndex {
      let (_, next) = chunk.scalar(at: at)
      let here = steps[at - first].score
      var isPiece = false
      trie.forEachPiece(chunk, at: at) { piece, end in
        isPiece = isPiece || end == next
        let score = here + pieces[Int(piece)].score
        if score > steps[end - first].score {
          steps[end - first] = Step(score: score, start: Int32(at - first), piece: piece)
        }
      }
      if !isPiece, here + byteScore > steps[next - first].score {
        steps[next - first] = Step(score: here + byteScore, start: Int32(at - first), piece: -1)
      }
      at = next
    }
  }
}
