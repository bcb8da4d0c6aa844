import SeqCore
import SeqRecords

/// Reads a folder of files whose lines correspond to each other: texts, and their labels or tag sequences.
struct ParallelReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage = "the files are empty"
  let file: String

  private var texts: LineReader
  private var labels: LineReader?
  private var tagLines: LineReader?
  private var tokens: [Range<Int>] = []
  private var tags: [Range<Int>] = []

  init(_ folder: String, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    file = folder
    let columns = options.columns
    texts = try Self.open(columns.text ?? .name("seq.in"), role: "text", in: folder, options: options)
    let (label, tag) = (columns.label ?? .name("label"), columns.tag ?? .name("seq.out"))
    let hasLabels = wanted.includesLabel || wanted == .everything && (columns.label != nil || Self.has(label, folder))
    let hasTags = wanted.includesTags || wanted == .everything && (columns.tag != nil || Self.has(tag, folder))
    labels = hasLabels ? try Self.open(label, role: "label", in: folder, options: options) : nil
    tagLines = hasTags ? try Self.open(tag, role: "tag", in: folder, options: options) : nil
  }

  mutating func next() throws(SeqError) -> Record? {
    while try advance() {
      if let record = try takeRecord() { return record }
    }
    return nil
  }

  /// Moves to the next lines; false when all files end together.
  private mutating func advance() throws(SeqError) -> Bool {
    let hasText = try texts.next()
    let (hasLabel, hasTags) = (try labels?.next() ?? hasText, try tagLines?.next() ?? hasText)
    if hasText == hasLabel, hasText == hasTags { return hasText }
    if let labels, hasText != hasLabel { try compare(labels) }
    if let tagLines, hasText != hasTags { try compare(tagLines) }
    return false
  }

  /// Reads the longer file to its end and records the length of both.
  private mutating func compare(_ other: LineReader) throws(SeqError) {
    var (longer, shorter) = (other, texts)
    if texts.number > other.number { swap(&longer, &shorter) }
    let place = Place.line(longer.number, of: longer.file)
    while try longer.next() {}
    try problems.add(
      "\(longer.number) lines, but \(shorter.file) has \(shorter.number)", at: place,
      remedy: "line n of one file must belong to line n of the other")
  }

  /// The record of the current lines; nil, with a recorded problem, if they are wrong.
  private mutating func takeRecord() throws(SeqError) -> Record? {
    var record = Record(line: texts.number)
    if let labels {
      if labels.line.allSatisfy(Byte.isBlank) {
        try problems.add("the label is empty", at: labels.place())
        return nil
      }
      record.label = decoded(labels.line[...])
    }
    if let tagLines {
      guard try takeTokens(tagLines, into: &record) else { return nil }
    } else {
      record.text = decoded(texts.line[...])
    }
    return record
  }

  private mutating func takeTokens(_ other: LineReader, into record: inout Record) throws(SeqError) -> Bool {
    piecesBetweenBlanks(texts.line, into: &tokens)
    piecesBetweenBlanks(other.line, into: &tags)
    if tokens.count != tags.count {
      let found = tags.count == 1 ? "1 tag" : "\(tags.count) tags"
      let expected = tokens.count == 1 ? "1 token" : "\(tokens.count) tokens"
      try problems.add(
        "\(found) for the \(expected) of \(texts.file):\(texts.number)", at: .line(other.number, of: other.file))
      return false
    }
    record.tokens = tokens.map { decoded(texts.line[$0]) }
    record.tags = tags.map { decoded(other.line[$0]) }
    return true
  }

  /// Whether a folder has a file, or its gzip version.
  private static func has(_ column: ColumnReference, _ folder: String) -> Bool {
    guard case .name(let name) = column else { return false }
    return FileSystem.exists(folder + "/" + name) || FileSystem.exists(folder + "/" + name + ".gz")
  }

  /// Opens one of the files, or its gzip version.
  private static func open(
    _ column: ColumnReference, role: String, in folder: String, options: ReadingOptions
  ) throws(SeqError) -> LineReader {
    guard case .name(let name) = column else {
      throw .data(
        "number \(column) for the \(role), expected the name of a file in the folder", at: .file(folder),
        remedy: options.naming.column(role, role == "text" ? "seq.in" : role == "tag" ? "seq.out" : "label"))
    }
    let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
    let packed = path + ".gz"
    if !FileSystem.exists(path), FileSystem.exists(packed) { return try LineReader(packed, options: options) }
    try checkFile(path)
    return try LineReader(path, options: options)
  }
}
