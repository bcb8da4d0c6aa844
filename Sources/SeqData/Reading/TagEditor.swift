package import SeqCore

/// Puts other tags into the bytes of a record, and touches nothing else.
package struct TagEditor {
  private let format: DataFormat
  private let layout: SentenceLayout

  /// - Parameter file: named in messages.
  package init(format: DataFormat, columns: ColumnNames, file: String) throws(SeqError) {
    self.format = format
    layout = try SentenceLayout(format: format, columns: columns, wanting: .tags, file: file)
  }

  /// The bytes of a sentence of the formats columns and conllu, or of a line of tags, with these tags.
  package func replacingTags(in record: [UInt8], with tags: [String]) -> [UInt8] {
    if format == .parallel { return replacing(record, piecesOf(record, betweenTabs: false), Array(tags.enumerated())) }
    var result: [UInt8] = []
    var token = 0
    for line in record.split(separator: Byte.lineFeed, omittingEmptySubsequences: false) {
      if !result.isEmpty || line.startIndex > record.startIndex { result.append(Byte.lineFeed) }
      let content = Array(line)
      guard let pieces = wordPieces(content), let column = layout.tag(of: pieces.count), token < tags.count else {
        result += content
        continue
      }
      result += replacing(content, pieces, [(column, tags[token])])
      token += 1
    }
    return result
  }

  /// The columns of a line that holds a token; `nil` for any other.
  private func wordPieces(_ line: [UInt8]) -> [Range<Int>]? {
    let isComment = layout.isConllu && line.first == UInt8(ascii: "#")
    let isDocument = !layout.isConllu && line.starts(with: "-DOCSTART-".utf8)
    if isComment || isDocument || line.allSatisfy({ Byte.isBlank($0) || $0 == Byte.carriageReturn }) { return nil }
    let pieces = piecesOf(line, betweenTabs: layout.isConllu || line.contains(Byte.tab))
    return layout.isConllu && Int(decoded(line[pieces[0]])) == nil ? nil : pieces
  }

  private func piecesOf(_ line: [UInt8], betweenTabs: Bool) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    let end = line.last == Byte.lineFeed ? line.dropLast().endIndex : line.endIndex
    let content = Array(line[..<(end > 0 && line[end - 1] == Byte.carriageReturn ? end - 1 : end)])
    if betweenTabs { piecesBetweenTabs(content, into: &pieces) } else { piecesBetweenBlanks(content, into: &pieces) }
    return pieces
  }

  private func replacing(
    _ line: [UInt8], _ pieces: [Range<Int>], _ changes: [(offset: Int, element: String)]
  ) -> [UInt8] {
    var result = line
    for (piece, text) in changes.reversed() where piece < pieces.count {
      result.replaceSubrange(pieces[piece], with: text.utf8)
    }
    return result
  }
}
