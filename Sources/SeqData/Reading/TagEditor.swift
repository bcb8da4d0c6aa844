import SeqConfig
package import SeqCore

/// Puts other prefixes before the types of tags in the bytes of a record, `B` for `I`, and touches nothing else.
package struct TagEditor {
  private let format: DataFormat
  private let layout: SentenceLayout
  private let comments: SentenceComments
  private let keys: JSONKeys?
  private let file: String

  /// - Parameters:
  ///   - path: the file that the records are from.
  ///   - options: how it is read.
  package init(of path: String, format: DataFormat, options: ReadingOptions) throws(SeqError) {
    self.format = format
    file = path
    let columns = options.columns
    layout = try SentenceLayout(
      conllu: format == .conllu ? ConlluColumns(of: path, options: options) : nil,
      columns: format == .columns || format == .conllu ? columns : ColumnNames(), wanting: .tags, file: path)
    comments = SentenceComments(of: path, format: format, options: options)
    keys = format == .jsonl ? try JSONKeys(columns, file: file) : nil
  }

  /// The bytes of a record, its tags having the prefixes of others: of a sentence, an object, a line of words and tags,
  /// or one of tags alone. A tag that is not found as it was read, such as one that JSON escapes, is left alone.
  package func replacingPrefixes(in record: [UInt8], of tags: [String], with others: [String]) -> [UInt8] {
    var result = record
    let starts = tagStarts(in: record)
    for (start, (tag, other)) in zip(starts, zip(tags, others)) where tag != other {
      guard let prefix = other.utf8.first, start < result.count, result[start] == tag.utf8.first else { continue }
      result[start] = prefix
    }
    return result
  }

  /// Where the tags of a record begin.
  private func tagStarts(in record: [UInt8]) -> [Int] {
    switch format {
    case .parallel: pieces(record, betweenTabs: false).map(\.lowerBound)
    case .jsonl: startsInObject(record)
    case .inline: FieldPlaces(Self.line(record), format: format).tags
    default: startsInSentence(record)
    }
  }

  private func startsInSentence(_ record: [UInt8]) -> [Int] {
    var starts: [Int] = []
    for line in record.split(separator: Byte.lineFeed, omittingEmptySubsequences: false) {
      let content = Array(line)
      guard let pieces = wordPieces(content, isFirst: starts.isEmpty), let column = layout.tag(of: pieces.count) else {
        continue
      }
      starts.append(line.startIndex + pieces[column].lowerBound)
    }
    return starts
  }

  /// Behind the quote marks that open the tags.
  private func startsInObject(_ record: [UInt8]) -> [Int] {
    guard let keys, let root = try? JSONParser.parse(record, file: file, firstLine: 1) else { return [] }
    var starts: [Int] = []
    // Blank lines before an object belong to its record.
    var (offset, line, column) = (0, 1, 1)
    for tag in root[keys.name(.tag)]?.elements ?? [] {
      guard let wantedLine = tag.place.line, let wantedColumn = tag.place.column else { return [] }
      while offset < record.count, line < wantedLine || column < wantedColumn {
        if record[offset] == Byte.lineFeed { (line, column) = (line + 1, 0) }
        offset += 1
        if offset < record.count, record[offset] & 0xC0 != 0x80 { column += 1 }
      }
      starts.append(offset + 1)
    }
    return starts
  }

  /// The columns of a line that holds a token; `nil` for any other.
  private func wordPieces(_ line: [UInt8], isFirst: Bool) -> [Range<Int>]? {
    let isComment = comments.contains(line, isBeforeTokens: isFirst)
    let isDocument = !layout.isConllu && line.starts(with: "-DOCSTART-".utf8)
    if isComment || isDocument || line.allSatisfy({ Byte.isBlank($0) || $0 == Byte.carriageReturn }) { return nil }
    let pieces = pieces(line, betweenTabs: layout.isConllu || line.contains(Byte.tab))
    return layout.isWord(line, pieces) ? pieces : nil
  }

  private func pieces(_ line: [UInt8], betweenTabs: Bool) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    let content = Self.line(line)
    if betweenTabs { piecesBetweenTabs(content, into: &pieces) } else { piecesBetweenBlanks(content, into: &pieces) }
    return pieces
  }

  /// A line without its end.
  private static func line(_ bytes: [UInt8]) -> [UInt8] {
    var end = bytes.count
    if end > 0, bytes[end - 1] == Byte.lineFeed { end -= 1 }
    if end > 0, bytes[end - 1] == Byte.carriageReturn { end -= 1 }
    return Array(bytes[..<end])
  }
}
