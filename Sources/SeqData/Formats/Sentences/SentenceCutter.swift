import SeqCore

/// Splits columns into sentences, each with a blank line at its end. The header is the line of CoNLL-U Plus that names
/// the columns.
struct SentenceCutter: RecordCutter {
  private let comments: SentenceComments
  private let isConllu: Bool

  init(comments: SentenceComments, isConllu: Bool) { (self.comments, self.isConllu) = (comments, isConllu) }

  mutating func begin(_ cursor: inout RawCursor) throws(SeqError) {
    try cursor.open()
    guard cursor.holdsLine, isConllu, ConlluColumns(firstLine: cursor.content).areDeclared else { return }
    try cursor.takeHeaderLine()
  }

  mutating func next(_ cursor: inout RawCursor) throws(SeqError) -> Bool {
    guard cursor.holdsLine else { return false }
    try takeSentence(&cursor)
    return cursor.endRecord()
  }

  private func takeSentence(_ cursor: inout RawCursor) throws(SeqError) {
    var first = 0
    var last = 0
    while cursor.holdsLine {
      let (content, number) = (cursor.content, cursor.raw.number)
      let isBlank = content.allSatisfy(Byte.isBlank)
      let isDocument = !isConllu && content.starts(with: "-DOCSTART-".utf8)
      let isComment = comments.contains(content, isBeforeTokens: first == 0)
      // The next sentence begins after the blank lines that end this one.
      if last > 0, !isBlank, isDocument || number > last + 1 { break }
      if first == 0, !isBlank, !isDocument, !isComment { first = number }
      if first > 0, !isBlank { last = number }
      try cursor.append()
    }
    guard first > 0 else { return }
    cursor.lines = first..<(last + 1)
    if cursor.bytes.last != Byte.lineFeed { cursor.bytes.append(Byte.lineFeed) }
    if !Self.endsWithBlankLine(cursor.bytes) { cursor.bytes.append(Byte.lineFeed) }
  }

  private static func endsWithBlankLine(_ bytes: [UInt8]) -> Bool {
    let before = bytes.dropLast().lastIndex(of: Byte.lineFeed).map { $0 + 1 } ?? 0
    return bytes[before...].allSatisfy { Byte.isBlank($0) || $0 == Byte.lineFeed || $0 == Byte.carriageReturn }
  }
}
