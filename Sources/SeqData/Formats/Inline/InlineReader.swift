import SeqCore
import SeqRecords

/// Reads one sentence per line, as `word/tag word/tag`; a tag follows the last slash of its piece.
struct InlineReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage = "no sentences"
  var file: String { lines.file }
  private var lines: LineReader
  private let wantsTags: Bool
  private var pieces: [Range<Int>] = []

  init(_ path: String, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    lines = try LineReader(path, options: options)
    wantsTags = !wanted.isOfTextsAlone
  }

  mutating func next() throws(SeqError) -> Record? {
    while try lines.next() {
      piecesBetweenBlanks(lines.line, into: &pieces)
      if pieces.isEmpty { continue }
      if let record = try takeRecord() { return record }
    }
    return nil
  }

  private mutating func takeRecord() throws(SeqError) -> Record? {
    var (tokens, tags): ([String], [String]) = ([], [])
    for piece in pieces {
      let bytes = lines.line[piece]
      guard let slash = bytes.lastIndex(of: Byte.slash), slash > piece.lowerBound, slash + 1 < piece.upperBound else {
        try problems.add(
          "\"\(decoded(bytes))\", expected a word, a slash and its tag", at: lines.place(piece.lowerBound))
        return nil
      }
      tokens.append(decoded(bytes[..<slash]))
      if wantsTags { tags.append(decoded(bytes[(slash + 1)...])) }
    }
    return Record(tokens: tokens, tags: wantsTags ? tags : nil, line: lines.number)
  }
}
