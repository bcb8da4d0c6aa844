public import SeqRecords

extension RecordDetails {
  /// The format of the lines: conllu or columns.
  public var layout: DataFormat? { layoutName.flatMap(DataFormat.init(rawValue:)) }

  /// The lines of a sentence.
  package convenience init(
    lines: [SentenceLine], end: SentenceLine? = nil, remainder: [SentenceLine] = [], layout: DataFormat
  ) { self.init(lines: lines, end: end, remainder: remainder, layoutName: layout.rawValue) }
}

extension RecordDetails {
  /// The lines of a sentence as they were read, except for those of its tokens.
  /// - Parameter token: makes a token's line, without its end, from the line that was read and the number of the token.
  package func bytes(token: (SentenceLine, Int) -> [UInt8]) -> [UInt8] {
    var (bytes, count): ([UInt8], Int) = ([], 0)
    for line in lines {
      bytes += line.isToken ? token(line, count) : Array(line.text.utf8)
      if line.isToken { count += 1 }
      if line.hasReturn, layout == .conllu { bytes.append(Byte.carriageReturn) }
      bytes.append(Byte.lineFeed)
      // A boundary of documents is a block of its own.
      if layout == .columns, !line.isToken, line.text.hasPrefix("-DOCSTART-") { bytes.append(Byte.lineFeed) }
    }
    // A last sentence without an empty line after it gets the one that the standard requires.
    let hasReturn = lines.last?.hasReturn ?? false
    for line in [end ?? SentenceLine("", hasReturn: layout == .conllu && hasReturn)] + remainder {
      bytes += (line.text + (line.hasReturn ? "\r\n" : "\n")).utf8
    }
    return bytes
  }
}

extension SentenceLine {
  /// Whether it holds nothing but blanks.
  var isBlank: Bool { text.utf8.allSatisfy { Byte.isBlank($0) || $0 == Byte.lineFeed || $0 == Byte.carriageReturn } }

  /// The line with another tag; unchanged for nil.
  package func bytes(tag: String?) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard let range = self.tag, let tag else { return bytes }
    return bytes[..<range.lowerBound] + Array(tag.utf8) + bytes[range.upperBound...]
  }
}
