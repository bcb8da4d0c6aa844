import SeqData

/// What is kept of each record: numbers, some 40 bytes a record, whatever the length of its text.
struct RecordTable {
  /// The number of the part that a record is of.
  private(set) var part: [UInt8] = []
  /// The files of records, where a format has several, in the order in which they are read.
  private(set) var files: [String] = []
  /// The number of a record's file; −1 for that of its part.
  private(set) var file: [Int32] = []
  /// The line where it starts.
  private(set) var line: [UInt32] = []
  /// The hash of its text or tokens.
  private(set) var text: [UInt64] = []
  /// The hash of its label or tags.
  private(set) var answer: [UInt64] = []
  /// The number of its label in `labels`; −1 without one.
  private(set) var label: [Int32] = []
  /// How many tokens it has.
  private(set) var length: [UInt32] = []
  /// Whether its text begins or ends with white space.
  private(set) var hasBlankEdges: [Bool] = []
  /// The names of labels and tags, in the order in which they come.
  private(set) var labels = NameTable()
  /// The numbers of the tags of all records, one after another, and where those of each record end.
  private(set) var tags: [Int32] = []
  private(set) var tagEnds: [Int] = []

  var count: Int { line.count }
  var indices: Range<Int> { 0..<line.count }

  mutating func add(_ record: Record, part: Int, length: Int) {
    self.part.append(UInt8(truncatingIfNeeded: part))
    if let name = record.file, name != files.last { files.append(name) }
    file.append(record.file == nil ? -1 : Int32(files.count - 1))
    line.append(UInt32(truncatingIfNeeded: record.line))
    text.append((record.tokens.map { TextHash($0) } ?? TextHash(record.text ?? "")).value)
    self.length.append(UInt32(truncatingIfNeeded: length))
    hasBlankEdges.append(record.text.map(Self.hasBlankEdges) ?? false)
    label.append(record.label.map { Int32(labels.number(of: $0)) } ?? -1)
    for tag in record.tags ?? [] { tags.append(Int32(labels.number(of: tag))) }
    tagEnds.append(tags.count)
    answer.append((record.tags.map { TextHash($0) } ?? TextHash(record.label ?? record.target ?? "")).value)
  }

  private static func hasBlankEdges(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
    return first.properties.isWhitespace || last.properties.isWhitespace
  }

  /// The file that a record names; `nil` if it is that of its part.
  func file(of record: Int) -> String? { file[record] < 0 ? nil : files[Int(file[record])] }

  /// The tags of a record.
  func tags(of record: Int) -> ArraySlice<Int32> { tags[(record == 0 ? 0 : tagEnds[record - 1])..<tagEnds[record]] }
}

/// Names and their numbers in the order of their first use.
struct NameTable {
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]

  mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
