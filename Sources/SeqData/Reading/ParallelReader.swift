import SeqCore

/// Reads a folder of files whose lines belong together: texts, and their labels or tag sequences.
struct ParallelReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage = "the files are empty"
  let file: String

  private let wanted: Wanted
  private var texts: LineReader
  private var others: LineReader?
  private var tokens: [Range<Int>] = []
  private var tags: [Range<Int>] = []

  init(_ folder: String, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    file = folder
    self.wanted = wanted
    let columns = options.columns
    texts = try Self.open(columns.text ?? .name("seq.in"), role: "text", in: folder, options: options)
    switch wanted {
    case .text: others = nil
    case .label: others = try Self.open(columns.label ?? .name("label"), role: "label", in: folder, options: options)
    case .tags: others = try Self.open(columns.tag ?? .name("seq.out"), role: "tag", in: folder, options: options)
    }
  }

  mutating func next() throws(SeqError) -> Record? {
    while try advance() {
      switch wanted {
      case .text: return Record(text: decoded(texts.line[...]), line: texts.number)
      case .label: if let record = try labelledRecord() { return record }
      case .tags: if let record = try taggedRecord() { return record }
      }
    }
    return nil
  }

  /// Goes on to the next lines; false when both files end together.
  private mutating func advance() throws(SeqError) -> Bool {
    let hasText = try texts.next()
    guard let hasOther = try others?.next() else { return hasText }
    if hasText == hasOther { return hasText }
    try countRest()
    return false
  }

  /// Reads the longer file to its end and notes how long both are.
  private mutating func countRest() throws(SeqError) {
    guard var longer = others, var shorter = Optional(texts) else { return }
    if texts.number > longer.number { swap(&longer, &shorter) }
    let place = Place.line(longer.number, of: longer.file)
    while try longer.next() {}
    try problems.add(
      "\(longer.number) lines, but \(shorter.file) has \(shorter.number)", at: place,
      remedy: "line n of one file must belong to line n of the other")
  }

  private mutating func labelledRecord() throws(SeqError) -> Record? {
    guard let label = others else { return nil }
    if label.line.allSatisfy(Byte.isBlank) {
      try problems.add("the label is empty", at: label.place())
      return nil
    }
    return Record(text: decoded(texts.line[...]), label: decoded(label.line[...]), line: texts.number)
  }

  private mutating func taggedRecord() throws(SeqError) -> Record? {
    guard let other = others else { return nil }
    piecesBetweenBlanks(texts.line, into: &tokens)
    piecesBetweenBlanks(other.line, into: &tags)
    if tokens.count != tags.count {
      let found = tags.count == 1 ? "1 tag" : "\(tags.count) tags"
      let expected = tokens.count == 1 ? "1 token" : "\(tokens.count) tokens"
      try problems.add(
        "\(found) for the \(expected) of \(texts.file):\(texts.number)", at: .line(other.number, of: other.file))
      return nil
    }
    return Record(
      tokens: tokens.map { decoded(texts.line[$0]) }, tags: tags.map { decoded(other.line[$0]) }, line: texts.number)
  }

  /// Opens one of the files, or its gzip twin.
  private static func open(
    _ column: ColumnReference, role: String, in folder: String, options: ReadingOptions
  ) throws(SeqError) -> LineReader {
    guard case .name(let name) = column else {
      throw .data(
        "number \(column) for the \(role), expected the name of a file in the folder", at: .file(folder),
        remedy: "\"columns\": {\"\(role)\": \"\(role == "text" ? "seq.in" : role == "tag" ? "seq.out" : "label")\"}")
    }
    let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
    let packed = path + ".gz"
    if !FileSystem.exists(path), FileSystem.exists(packed) { return try LineReader(packed, options: options) }
    try checkFile(path)
    return try LineReader(path, options: options)
  }
}
