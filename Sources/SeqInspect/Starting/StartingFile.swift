package import SeqCore
package import SeqData
package import SeqRecords
package import SeqText

/// A user's file from which a project is made: how to read it, and what had to be guessed.
package struct StartingFile: Sendable {
  /// The file or the folder.
  package let path: String
  /// How it is read; the format is set.
  package private(set) var reading: ReadingOptions
  /// What its records have.
  package private(set) var wanted: Wanted
  /// What was guessed, as lines for the user.
  package private(set) var guesses: [String] = []

  /// Inspects a file.
  ///
  /// - Parameters:
  ///   - reading: the options that the user gave.
  ///   - isEncodingGiven: whether the user gave the encoding.
  ///   - wanted: what its records must have; nil for what they have.
  /// - Throws: `.usage` with the choices if a guess would be too uncertain; what reading throws.
  package init(
    _ path: String, reading: ReadingOptions, isEncodingGiven: Bool, wanted: Wanted?
  ) throws(SeqError) {
    guard path != "-" else {
      throw .usage("standard input cannot be read twice", remedy: "write it to a file first")
    }
    guard FileSystem.exists(path) else { throw FileSystem.missing(path) }
    (self.path, self.reading, self.wanted) = (path, reading, wanted ?? .text)
    if !isEncodingGiven { try guessEncoding() }
    try settleFormat()
    if self.format.isTable {
      try settleDelimiter()
      try settleColumns(wanted)
    }
    if wanted == nil { self.wanted = try DataFormat.usualAnswer(of: path, self.reading) }
    if self.wanted == .text {
      throw .usage(
        "\(path): files of format \(self.format.rawValue) hold no labels and no tags to learn",
        remedy: "name another format with --format, or a file with an answer for each text")
    }
  }

  /// The format of the file.
  package var format: DataFormat { reading.format ?? .lines }

  private mutating func guessEncoding() throws(SeqError) {
    reading.encoding = try EncodingGuess.encoding(of: path)
    guard reading.encoding != .utf8 else { return }
    guesses.append("the file is not UTF-8; it is read as \(reading.encoding.rawValue) (--encoding names another)")
  }

  // MARK: Format

  private mutating func settleFormat() throws(SeqError) {
    if reading.format != nil { return }
    if let named = DataFormat(of: path), !named.holdsTextsAlone {
      reading.format = named
      return
    }
    guard let found = try contentFormat() else {
      throw .usage(
        "the format of \(path) cannot be detected from its name or its content", remedy: reading.naming.formats)
    }
    reading.format = found
    guesses.append("the file looks like \(found.rawValue) (--format names another)")
  }

  /// The format that the first lines look like; nil if they look like no format with answers.
  private func contentFormat() throws(SeqError) -> DataFormat? {
    var options = reading
    options.format = .lines
    let lines = try first(200, options, wanting: .text).compactMap(\.text)
    return DataFormat(answersIn: lines)
  }

  /// The first records of the file; mistakes after them are ignored.
  private func first(_ count: Int, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [Record] {
    var records: [Record] = []
    do throws(SeqError) {
      try readRecords(path: path, options: options, wanting: wanted) { record throws(SeqError) in
        records.append(record)
        if records.count == count { throw .usage("enough") }
      }
    } catch {
      if records.isEmpty { throw error }
    }
    return records
  }

  // MARK: Columns

  /// Detects the delimiter of a table whose rows would have only one column.
  private mutating func settleDelimiter() throws(SeqError) {
    guard reading.delimiter == nil, let first = try rows().first, first.count == 1,
      let likely = Delimiter.likely(of: first[0], insteadOf: reading.delimiter(of: format))
    else { return }
    reading.delimiter = likely
    guesses.append("\(likely.plural) separate the fields (--delimiter names another character)")
  }

  /// Decides which columns hold texts and labels, if the user has not.
  private mutating func settleColumns(_ wanted: Wanted?) throws(SeqError) {
    guard reading.header, wanted != .target else { return }
    let answer = wanted ?? .label
    let rows = try self.rows()
    guard let names = rows.first else { throw .data("the file is empty, expected a header row", at: .file(path)) }
    let guess = ColumnGuess(names: names, rows: Array(rows.dropFirst()).filter { $0.count == names.count })
    func place(_ column: ColumnReference?) -> Int? {
      switch column {
      case .name(let name): names.firstIndex(of: name)
      case .index(let index): index < 0 ? names.count + index : index
      case nil: nil
      }
    }
    var found: [(role: String, name: String)] = []
    if reading.columns.text == nil {
      let text = guess.text(besides: place(reading.columns.label))
      guard let text else { throw Self.undecided("text", names, path) }
      (reading.columns.text, found) = (.name(names[text]), [("text", names[text])])
    }
    if reading.columns.label == nil, answer == .label {
      let label = guess.label(besides: place(reading.columns.text))
      guard let label else { throw Self.undecided("label", names, path) }
      reading.columns.label = .name(names[label])
      found.append(("label", names[label]))
    }
    guard !found.isEmpty else { return }
    let taken = found.map { "\($0.role) is the column \"\($0.name)\"" }.joined(separator: ", ")
    let flags = found.map { "--\($0.role)" }.joined(separator: " and ")
    guesses.append("guessed from the header (\(names.joined(separator: ", "))): \(taken); choose another with \(flags)")
  }

  private static func undecided(_ role: String, _ names: [String], _ path: String) -> SeqError {
    .usage(
      "which column of \(path) is the \(role)? There are \(names.map { "\"\($0)\"" }.joined(separator: ", "))",
      remedy: names.prefix(3).map { "--\(role) \(shellQuoted($0))" }.joined(separator: " or "))
  }

  /// The fields of the first rows, including the header.
  private func rows() throws(SeqError) -> [[String]] {
    var options = reading
    options.header = false
    options.columns = ColumnNames(text: .index(0))
    return try first(500, options, wanting: .everything).map { $0.details?.fields.map { $0.value ?? "" } ?? [] }
  }

  // MARK: Texts with spans

  /// Uses another tokenizer, so that spans begin and end with a token.
  package mutating func cut(by kind: TokenizerSettings.Kind) { reading.segmentation = TokenizerSettings(kind: kind) }
}
