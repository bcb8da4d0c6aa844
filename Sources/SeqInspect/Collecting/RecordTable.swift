import SeqData
import SeqRecords

/// What is kept of each record: numbers, 30 bytes per record, whatever the length of its text.
struct RecordTable {
  /// The number of a record's part.
  private(set) var part: [UInt8] = []
  /// The files of the records, if a format has several, in the order in which they are read.
  private(set) var files: [String] = []
  /// The number of a record's file; −1 for that of its part. Empty as long as no record names a file.
  private var file: [Int32] = []
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
  /// The names of labels and tags, in the order of appearance.
  private(set) var labels = NameTable()
  /// The numbers of the tags of all records, one after another, and where those of each record end. Empty as long as no
  /// record has tags.
  private(set) var tags: [Int32] = []
  private var tagEnds: [UInt32] = []

  var count: Int { line.count }
  var indices: Range<Int> { 0..<line.count }

  mutating func add(_ record: Record, part: Int, length: Int) {
    self.part.append(UInt8(truncatingIfNeeded: part))
    addFile(record.file)
    addTags(record.tags ?? [])
    line.append(UInt32(truncatingIfNeeded: record.line))
    text.append((record.tokens.map { TextHash($0) } ?? TextHash(record.text ?? "")).value)
    self.length.append(UInt32(truncatingIfNeeded: length))
    hasBlankEdges.append(record.text.map(Self.hasBlankEdges) ?? false)
    label.append(record.label.map { Int32(labels.number(of: $0)) } ?? -1)
    answer.append((record.tags.map { TextHash($0) } ?? TextHash(record.label ?? record.target ?? "")).value)
  }

  private mutating func addFile(_ name: String?) {
    if let name, name != files.last { files.append(name) }
    if files.isEmpty { return }
    if file.isEmpty { file = [Int32](repeating: -1, count: count) }
    file.append(name == nil ? -1 : Int32(files.count - 1))
  }

  private mutating func addTags(_ names: [String]) {
    for name in names { tags.append(Int32(labels.number(of: name))) }
    if tags.isEmpty { return }
    if tagEnds.isEmpty { tagEnds = [UInt32](repeating: 0, count: count) }
    tagEnds.append(UInt32(truncatingIfNeeded: tags.count))
  }

  private static func hasBlankEdges(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
    return first.properties.isWhitespace || last.properties.isWhitespace
  }

  /// The file that a record names; `nil` if it is that of its part.
  func file(of record: Int) -> String? { file.isEmpty || file[record] < 0 ? nil : files[Int(file[record])] }

  /// The tags of a record.
  func tags(of record: Int) -> ArraySlice<Int32> {
    guard !tagEnds.isEmpty else { return [] }
    return tags[(record == 0 ? 0 : Int(tagEnds[record - 1]))..<Int(tagEnds[record])]
  }
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
