/// Finds every piece with which a text continues.
struct PieceTrie: Sendable {
  /// The node after a node and a byte.
  private var next = PairTable(capacity: 1 << 10)
  /// The piece that ends at each node, −1 if none does.
  private var pieces: [Int32] = [-1]

  /// A trie of pieces, which are numbered in order.
  init(_ pieces: some Sequence<ArraySlice<UInt8>>) {
    for (number, piece) in pieces.enumerated() { insert(piece, Int32(number)) }
  }

  private mutating func insert(_ piece: ArraySlice<UInt8>, _ number: Int32) {
    var node: Int32 = 0
    for byte in piece {
      let key = PairTable.key(node, Int32(byte))
      if let known = next[key] {
        node = known
      } else {
        node = Int32(pieces.count)
        next[key] = node
        pieces.append(-1)
      }
    }
    pieces[Int(node)] = number
  }

  /// Calls `body` with every piece at an index, and its end, shortest first.
  @inline(__always)
  func forEachPiece(_ bytes: ArraySlice<UInt8>, at start: Int, _ body: (_ piece: Int32, _ end: Int) -> Void) {
    var (node, at): (Int32, Int) = (0, start)
    while at < bytes.endIndex, let reached = next[PairTable.key(node, Int32(bytes[at]))] {
      (node, at) = (reached, at + 1)
      if pieces[Int(node)] >= 0 { body(pieces[Int(node)], at) }
    }
  }
}
