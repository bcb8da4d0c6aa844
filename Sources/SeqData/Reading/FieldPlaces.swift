/// Where the fields of one line stand, in bytes, for the formats of an example a line; found by reading the line again.
package struct FieldPlaces {
  /// Where the label begins.
  package private(set) var label = 0
  /// The text.
  package private(set) var text: Range<Int>
  /// The words, where each has its tag behind it.
  private(set) var words: [Range<Int>] = []
  /// Where the tags begin.
  package private(set) var tags: [Int] = []

  package init(_ line: [UInt8], format: DataFormat, columns: ColumnNames = ColumnNames()) {
    text = line.indices
    switch format {
    case .labelled: text = (line.firstIndex(where: Byte.isBlank).map { $0 + 1 } ?? line.count)..<line.count
    case .fasttext:
      let parts = FastTextReader.parts(of: line[...])
      label = parts.labels.first?.startIndex ?? 0
      text = parts.text.indices
    case .pairs:
      var pieces: [Range<Int>] = []
      piecesBetweenTabs(line, into: &pieces)
      let column = (columns.text ?? .index(0)).position(among: [], width: pieces.count)
      text = column.map { pieces[$0] } ?? text
    case .inline:
      var pieces: [Range<Int>] = []
      piecesBetweenBlanks(line, into: &pieces)
      for piece in pieces {
        let slash = line[piece].lastIndex(of: Byte.slash)
        words.append(piece.lowerBound..<(slash ?? piece.upperBound))
        tags.append(slash.map { $0 + 1 } ?? piece.lowerBound)
      }
    default: break
    }
  }
}
