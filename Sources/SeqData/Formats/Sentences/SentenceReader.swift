import SeqCore
import SeqRecords

/// Reads sentences with one token per line, in the formats columns and conllu.
struct SentenceReader: RecordReader {
  private(set) var problems = Problems()
  var emptyMessage: String { "no sentences" }
  var file: String { lines.file }

  private var lines: LineReader
  private let layout: SentenceLayout
  private let comments: SentenceComments
  /// Whether the current line, the first one, was read but not yet used.
  private var holdsLine: Bool
  /// The count of tokens without tags.
  private var missing: MissingTags?
  private let limit: Int
  private let naming: SettingNames
  /// Whether lines are kept unchanged.
  private let keepsLines: Bool
  /// The pieces of the current line.
  private var pieces: [Range<Int>] = []
  /// How many columns the first token has, and its line.
  private var shape: (width: Int, line: Int)?
  private var sentence = Sentence()
  /// The previous record, if everything is wanted: what follows the last sentence of a file belongs to it.
  private var waiting: Record?

  init(_ path: String, format: DataFormat, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    lines = try LineReader(path, options: options)
    holdsLine = try lines.next()
    let first = holdsLine ? lines.line : []
    layout = try SentenceLayout(
      conllu: format == .conllu ? ConlluColumns(firstLine: first) : nil, columns: options.columns, wanting: wanted,
      file: lines.file, naming: options.naming)
    comments = SentenceComments(of: path, format: format, options: options)
    comments.note(first, of: path, options, at: .line(1, of: lines.file))
    if let conllu = layout.conllu, wanted.includesTags, layout.marksMissing, !options.keepsMissingTags {
      missing = MissingTags(conllu, naming: options.naming)
    }
    limit = options.maximumLineBytes
    naming = options.naming
    keepsLines = wanted == .everything || wanted == .fields
  }

  mutating func next() throws(SeqError) -> Record? {
    guard keepsLines, !comments.isEmpty else { return try nextFull() }
    if waiting == nil { waiting = try nextSentence() }
    guard let record = waiting else {
      if let line = sentence.lines.first(where: { !$0.isBlank }) {
        throw .data("\"\(line.text)\" belongs to no sentence", at: .line(sentence.firstLine, of: file))
      }
      return nil
    }
    waiting = try nextSentence()
    return waiting == nil ? withRemainder(record) : record
  }

  /// The last record, with what follows its sentence.
  private mutating func withRemainder(_ record: Record) -> Record {
    guard let details = record.details, !sentence.lines.isEmpty else { return record }
    var record = record
    record.details = RecordDetails(
      lines: details.lines, end: details.end, remainder: sentence.lines,
      layout: layout.isConllu ? .conllu : .columns)
    sentence = Sentence()
    return record
  }

  /// The next sentence that lacks no tag.
  private mutating func nextFull() throws(SeqError) -> Record? {
    while let record = try nextSentence() {
      guard missing?.take(tokens: record.tokens?.count ?? 0) != false else { continue }
      return record
    }
    try missing?.report(file: file)
    missing = nil
    return nil
  }

  private mutating func advance() throws(SeqError) -> Bool {
    if holdsLine {
      holdsLine = false
      return true
    }
    return try lines.next()
  }

  private mutating func nextSentence() throws(SeqError) -> Record? {
    while try advance() {
      if isBoundary {
        if keepsLines, layout.isConllu, sentence.tokens.isEmpty { try keepBlank() }
        let record = finishSentence(by: layout.isConllu ? currentLine() : nil)
        if keepsLines, lines.line.starts(with: "-DOCSTART-".utf8) { try keep() }
        if let record { return record }
      } else if comments.contains(lines.line, isBeforeTokens: sentence.tokens.isEmpty) {
        if keepsLines { try keep() }
      } else {
        try takeToken()
      }
    }
    return finishSentence(by: nil)
  }

  /// The current line, to be kept.
  private func currentLine(tag: Range<Int>? = nil) -> SentenceLine {
    SentenceLine(decoded(lines.line[...]), tag: tag, hasReturn: lines.hasReturn)
  }

  /// Keeps an empty line before a sentence, or after the last one.
  private mutating func keepBlank() throws(SeqError) {
    try count(lines.line)
    let line = currentLine()
    guard sentence.endsBlank else {
      sentence.endsBlank = true
      return sentence.lines.append(line)
    }
    // In place, so that a million empty lines take no more time than other lines.
    let last = sentence.lines.count - 1
    let end = sentence.lines[last].hasReturn ? "\r\n" : "\n"
    sentence.lines[last].text += end + line.text
    sentence.lines[last].hasReturn = line.hasReturn
  }

  /// Keeps a line: one that is not a token, or a token with its tag.
  private mutating func keep(tag: Range<Int>? = nil) throws(SeqError) {
    try count(lines.line)
    sentence.lines.append(currentLine(tag: tag))
    sentence.endsBlank = false
  }

  /// Adds the length of a line to that of the sentence.
  private mutating func count(_ line: [UInt8]) throws(SeqError) {
    sentence.bytes += line.count + 1
    if sentence.firstLine == 0 { sentence.firstLine = lines.number }
    guard sentence.bytes - 1 > limit else { return }
    throw tooLong(
      "a sentence", at: .line(sentence.firstLine, of: file), limit: limit, naming,
      remedy: "blank lines separate sentences")
  }

  /// Whether the current line ends a sentence: only spaces and tabs, or the start of a document.
  private var isBoundary: Bool {
    lines.line.allSatisfy(Byte.isBlank)
      || !layout.isConllu && lines.line.starts(with: "-DOCSTART-".utf8)
        && (lines.line.count == 10 || Byte.isBlank(lines.line[10]))
  }

  /// The record of the lines before a boundary; lines without a token stay for the next sentence.
  private mutating func finishSentence(by end: SentenceLine?) -> Record? {
    guard !sentence.tokens.isEmpty else { return nil }
    defer { sentence = Sentence() }
    var record = Record(
      tokens: sentence.tokens, tags: layout.hasTags(pieces.count) ? sentence.tags : nil,
      features: layout.featureCount > 0 ? sentence.features : nil, line: sentence.line)
    if keepsLines {
      record.text = Self.text(of: sentence.lines)
      record.details = RecordDetails(lines: sentence.lines, end: end, layout: layout.isConllu ? .conllu : .columns)
    }
    return record
  }

  /// The text in the comment `# text = …` of CoNLL-U.
  private static func text(of lines: [SentenceLine]) -> String? {
    let mark = "# text = "
    guard let line = lines.first(where: { !$0.isToken && $0.text.hasPrefix(mark) }) else { return nil }
    return String(line.text.dropFirst(mark.count))
  }

  private mutating func takeToken() throws(SeqError) {
    let line = lines.line
    if !keepsLines { try count(line) }
    if sentence.line == 0 { sentence.line = lines.number }
    sentencePieces(line, isConllu: layout.isConllu, into: &pieces)
    guard try hasRightWidth() else { return }
    guard try isWord() else {
      if keepsLines { try keep() }
      return
    }
    guard let token = layout.token(of: pieces.count), let tag = layout.tag(of: pieces.count) else { return }
    guard try isFilled(token, "token"), try isFilled(tag, "tag") else { return }
    guard try takeFeatures(line) else { return }
    sentence.tokens.append(decoded(line[pieces[token]]))
    if layout.wantsTags { sentence.tags.append(decoded(line[pieces[tag]])) }
    if missing != nil, line[pieces[tag]].elementsEqual([UInt8(ascii: "_")]) {
      missing?.add(line, pieces, column: tag, at: lines.place(pieces[tag].lowerBound))
    }
    if keepsLines { try keep(tag: pieces[tag]) }
  }

  /// Reads the further columns of a token; false if one of them is empty.
  private mutating func takeFeatures(_ line: [UInt8]) throws(SeqError) -> Bool {
    guard layout.featureCount > 0 else { return true }
    for number in 0..<layout.featureCount {
      guard let column = layout.feature(number, of: pieces.count), try isFilled(column, "feature") else { return false }
    }
    while sentence.features.count < layout.featureCount { sentence.features.append([]) }
    for number in 0..<layout.featureCount {
      if let column = layout.feature(number, of: pieces.count) {
        sentence.features[number].append(decoded(line[pieces[column]]))
      }
    }
    return true
  }

  /// Whether the line has as many columns as the first one; if not, this records a problem.
  private mutating func hasRightWidth() throws(SeqError) -> Bool {
    let width = pieces.count
    guard let shape else {
      try layout.check(width: width, at: .line(lines.number, of: file))
      self.shape = (width, lines.number)
      return true
    }
    if width == shape.width { return true }
    let offset = width > shape.width ? pieces[shape.width].lowerBound : lines.line.count
    let expected = layout.isConllu ? "\(shape.width)" : "\(shape.width) as in line \(shape.line)"
    try problems.add("\(width == 1 ? "1 column" : "\(width) columns"), expected \(expected)", at: lines.place(offset))
    return false
  }

  /// For conllu: whether the line is a word, not a range of words or an empty node. Records numbers that are out of
  /// order.
  private mutating func isWord() throws(SeqError) -> Bool {
    guard let conllu = layout.conllu, let column = conllu.id else { return true }
    let id = decoded(lines.line[pieces[column]])
    if let number = Int(id) {
      sentence.words += 1
      if number == sentence.words { return true }
      let remedy = number == 1 ? "a blank line must separate sentences" : nil
      try problems.add("word number \(number), expected \(sentence.words)", at: lines.place(), remedy: remedy)
      sentence.words = number
      return false
    }
    let parts = id.split(whereSeparator: { $0 == "-" || $0 == "." })
    if parts.count == 2, parts.allSatisfy({ Int($0) != nil }), id.count == parts[0].count + parts[1].count + 1 {
      return false
    }
    try problems.add("\"\(id)\" is not a word number", at: lines.place())
    return false
  }

  /// Whether a column is not empty; if it is, this records a problem.
  private mutating func isFilled(_ column: Int, _ role: String) throws(SeqError) -> Bool {
    if !pieces[column].isEmpty { return true }
    try problems.add("the \(role) is empty", at: lines.place(pieces[column].lowerBound))
    return false
  }
}

/// The part of a sentence that has been read.
private struct Sentence {
  var tokens: [String] = []
  var tags: [String] = []
  var features: [[String]] = []
  /// The line of its first token; 0 before that.
  var line = 0
  /// The first line that counts; 0 before that.
  var firstLine = 0
  /// All lines, if they are kept.
  var lines: [SentenceLine] = []
  /// Whether the last of them is empty.
  var endsBlank = false
  /// The length of its lines.
  var bytes = 0
  /// The number of the last word, for conllu.
  var words = 0
}
