import SeqCore
import SeqRecords

/// Reads fastText's lines: words that begin with `__label__` are labels and come before the text.
struct FastTextReader: RecordReader {
  static let mark = "__label__"

  private(set) var problems = Problems()
  let emptyMessage = "the file is empty"
  var file: String { lines.file }
  private var lines: LineReader
  private let severalLabels: SeveralLabels
  private let naming: SettingNames
  private let wanted: Wanted

  init(_ path: String, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    lines = try LineReader(path, options: options)
    (severalLabels, naming) = (options.severalLabels, options.naming)
    self.wanted = wanted
  }

  mutating func next() throws(SeqError) -> Record? {
    while try lines.next() {
      if let record = try takeRecord() { return record }
    }
    return nil
  }

  private mutating func takeRecord() throws(SeqError) -> Record? {
    let (words, rest) = Self.parts(of: lines.line[...])
    if let nameless = words.first(where: { $0.count == Self.mark.utf8.count }) {
      try problems.add("a label without a name", at: lines.place(nameless.startIndex))
      return nil
    }
    let labels = words.map { decoded($0.dropFirst(Self.mark.utf8.count)) }
    if let late = Self.lateLabel(rest) {
      try problems.add(
        "a label after the text has begun", at: lines.place(late), remedy: "put labels at the start of the line")
      return nil
    }
    guard try isLabelled(labels) else { return nil }
    var record = Record(text: decoded(rest), line: lines.number)
    if !wanted.isOfTextsAlone { record.label = labels.isEmpty ? nil : labels.joined(severalLabels) }
    return record
  }

  /// Whether a line has the wanted number of labels; if not, this records a problem.
  private mutating func isLabelled(_ labels: [String]) throws(SeqError) -> Bool {
    if labels.isEmpty, wanted == .label {
      try problems.add("no label, expected a word that begins with \(Self.mark)", at: lines.place())
      return false
    }
    guard labels.count > 1, severalLabels == .refuse, !wanted.isOfTextsAlone else { return true }
    try problems.add("\(labels.count) labels, expected one", at: lines.place(), remedy: naming.severalLabels)
    return false
  }

  /// The marked labels at the start of a line, and the text after them.
  static func parts(of line: ArraySlice<UInt8>) -> (labels: [ArraySlice<UInt8>], text: ArraySlice<UInt8>) {
    var labels: [ArraySlice<UInt8>] = []
    var rest = line.trimmed
    while rest.starts(with: mark.utf8) {
      labels.append(rest.prefix { !Byte.isBlank($0) })
      rest = rest.dropFirst(labels[labels.count - 1].count).trimmed
    }
    return (labels, rest)
  }

  /// Where a marked label begins within the text; nil if there is none.
  private static func lateLabel(_ text: ArraySlice<UInt8>) -> Int? {
    text.indices.first { i in
      text[i] == UInt8(ascii: "_") && Byte.isBlank(i > text.startIndex ? text[i - 1] : Byte.blank)
        && text[i...].starts(with: mark.utf8)
    }
  }
}

extension [String] {
  /// Makes one label from several.
  func joined(_ rule: SeveralLabels) -> String { rule == .first ? self[0] : joined(separator: "+") }
}
