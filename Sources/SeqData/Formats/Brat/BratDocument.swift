import SeqCore
import SeqRecords

/// A text of brat, split into lines, each with its marked spans.
struct BratDocument {
  /// A line that is not blank.
  struct Line {
    var number: Int
    var text: String
    /// The line's range in the document, in code points.
    var range: Range<Int>
    /// In code points from the line's start.
    var spans: [LabelledSpan] = []
  }

  private(set) var lines: [Line] = []
  private let path: String

  /// The file of the annotations of a text.
  static func annotations(of text: String) -> String { text.dropLast(4) + ".ann" }

  init(_ path: String, options: ReadingOptions) throws(SeqError) {
    self.path = path
    var (reader, offset) = (try LineReader(path, options: options), 0)
    while try reader.next() {
      let text = decoded(reader.line[...])
      let length = text.unicodeScalars.count
      if !reader.line.allSatisfy(Byte.isBlank) {
        lines.append(Line(number: reader.number, text: text, range: offset..<offset + length))
      }
      offset += length + (reader.hasReturn ? 2 : 1)
    }
  }

  /// Reads the annotations and assigns them to the lines. Unsupported annotations are noted.
  mutating func mark(_ options: ReadingOptions, _ problems: inout Problems) throws(SeqError) {
    var reader = try LineReader(Self.annotations(of: path), options: options)
    while try reader.next() {
      guard let kind = reader.line.first(where: { !Byte.isBlank($0) }) else { continue }
      guard kind == UInt8(ascii: "T") else {
        ReadingNotes.add("an annotation that marks no part of the text was left out", at: reader.place())
        continue
      }
      guard let found = BratSpan(decoded(reader.line[...])) else {
        try problems.add(
          "expected an annotation: T1, a tab, a type, a start and an end, a tab and the text", at: reader.place())
        continue
      }
      do throws(SeqError) { try place(found, at: reader.place(), options) } catch {
        for fault in error.diagnostics { try problems.add(fault.message, at: reader.place(), remedy: fault.remedy) }
      }
    }
  }

  private mutating func place(_ found: BratSpan, at place: Place, _ options: ReadingOptions) throws(SeqError) {
    let naming = options.naming
    var range = found.whole
    if found.parts.count > 1 {
      let what = "a span of \(found.parts.count) parts"
      switch options.misaligned {
      case .refuse: throw .data("\(what), but tags can mark only one", remedy: naming.misaligned)
      case .skip: return ReadingNotes.add("a span of several parts was left out", at: place)
      case .widen:
        ReadingNotes.add(
          "a span of several parts was read as one, including the text between them", at: place)
      }
    }
    guard let index = lines.firstIndex(where: { $0.range.contains(range.lowerBound) }) else {
      throw .data("a span \(range.lowerBound)..<\(range.upperBound) that does not begin in a line of \(path)")
    }
    let line = lines[index].range
    if range.upperBound > line.upperBound {
      switch options.misaligned {
      case .refuse: throw .data("a span that crosses the end of a line", remedy: naming.skippedSpans)
      case .skip, .widen: return ReadingNotes.add("a span that crosses the end of a line was left out", at: place)
      }
    }
    range = range.lowerBound - line.lowerBound..<range.upperBound - line.lowerBound
    try check(found, range, in: lines[index].text)
    lines[index].spans.append(LabelledSpan(range, label: found.type))
  }

  /// Refuses a span whose text differs from that in the annotation.
  private func check(_ found: BratSpan, _ range: Range<Int>, in text: String) throws(SeqError) {
    guard found.parts.count == 1, let said = found.text else { return }
    let scalars = text.unicodeScalars
    let start = scalars.index(scalars.startIndex, offsetBy: range.lowerBound)
    let part = String(scalars[start..<scalars.index(start, offsetBy: range.count)])
    if part != said {
      throw .data("the span is \"\(part)\" in \(path), but \"\(said)\" here", remedy: "do both files belong together?")
    }
  }
}

/// A line of annotations that marks a part of the text: `T1␉PER 0 5␉Alice`, or `T2␉PER 0 5;8 12␉Alice Smith`.
private struct BratSpan {
  var type: String
  var parts: [Range<Int>]
  var text: String?
  var whole: Range<Int> { (parts.first?.lowerBound ?? 0)..<(parts.last?.upperBound ?? 0) }

  init?(_ line: String) {
    let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count > 1, let blank = fields[1].firstIndex(of: " ") else { return nil }
    type = String(fields[1][..<blank])
    text = fields.count > 2 ? String(fields[2]) : nil
    parts = []
    for part in fields[1][blank...].split(separator: ";", omittingEmptySubsequences: false) {
      let numbers = part.split(separator: " ").map { Int($0) }
      guard numbers.count == 2, let start = numbers[0], let end = numbers[1], start >= parts.last?.upperBound ?? 0,
        start < end
      else { return nil }
      parts.append(start..<end)
    }
    if type.isEmpty || parts.isEmpty { return nil }
  }
}
