import SeqCore
import SeqRecords

/// columns (CoNLL) and conllu: one token per line, sentences separated by blank lines.
struct SentenceFormat: FormatDescriptor {
  let format: DataFormat
  var traits: FormatTraits { isConllu ? Self.conllu : Self.columns }
  private var isConllu: Bool { format == .conllu }

  private static let columns = FormatTraits(
    summary: "One token per line in columns, sentences separated by blank lines (CoNLL).",
    endings: ["conll", "bio", "iob", "bmes"], holds: [.tokens, .tags], roles: ["token", "tag"],
    settings: [.comments, .features], answers: .tokenLines)

  private static let conllu = FormatTraits(
    summary: "CoNLL-U and CoNLL-U Plus, with comments, word ranges and empty nodes.",
    endings: ["conllu", "conllup"], holds: [.tokens, .tags], roles: ["token", "tag"], settings: [.features],
    answers: .tokenLines, hasTagColumn: true, holdsTextsOfTokens: true)

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> SentenceReader {
    try SentenceReader(path, format: format, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try SentenceWriter(path, format: format, options: options)
  }

  func cutter(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> any RecordCutter {
    SentenceCutter(comments: SentenceComments(of: path, format: format, options: options), isConllu: isConllu)
  }

  func mending(_ options: ReadingOptions) -> LineMending { .pieces }

  func tagFinder(of path: String, _ options: ReadingOptions) throws(SeqError) -> TagFinder {
    try SentenceTagPlaces(of: path, format: format, options: options).starts
  }

  func find(_ finder: inout FieldFinder) throws(SeqError) { try finder.findInSentences() }
}

// Sentences are recognised by an equal number of columns, with blank lines between the sentences.

extension SentenceFormat {
  func strictGuess(_ sample: LineSample) -> Int? {
    if isConllu { return Self.areWordLines(sample.filled) ? 1 : nil }
    return sample.hasBlankLines && Self.areTaggedTokens(sample.filled) ? 0 : nil
  }

  func looseGuess(_ sample: LineSample) -> Int? {
    if isConllu { return sample.tabbedWidths == [10] ? 2 : nil }
    let widths = sample.filled.map { $0.split(whereSeparator: \.isWhitespace).count }
    guard sample.hasBlankLines, let width = widths.first, width > 1 else { return nil }
    return widths.allSatisfy { $0 == width } ? 1 : nil
  }

  /// Lines of ten columns that CoNLL-U numbers, perhaps with comments.
  private static func areWordLines(_ lines: [String]) -> Bool {
    let words = lines.filter { !$0.hasPrefix("#") }
    return !words.isEmpty
      && words.allSatisfy { line in
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        return columns.count == 10 && columns[0].first?.isNumber == true
      }
  }

  /// Lines of a token and its span tag, perhaps with columns between.
  private static func areTaggedTokens(_ lines: [String]) -> Bool {
    let rows = lines.filter { !$0.hasPrefix("-DOCSTART-") }.map { $0.split { $0 == "\t" || $0 == " " } }
    guard rows.count > 2, let width = rows.first?.count, width > 1 else { return false }
    return rows.allSatisfy { row in
      guard row.count == width, let tag = row.last else { return false }
      let isSpan = tag.count > 2 && "BIOESLMU".contains(tag.first ?? " ") && "-_".contains(tag.dropFirst().first ?? " ")
      return tag == "O" || isSpan
    }
  }
}
