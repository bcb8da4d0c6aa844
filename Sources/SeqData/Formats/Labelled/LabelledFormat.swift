import SeqCore
import SeqRecords

/// labelled: a label, a space and the text on each line.
struct LabelledFormat: FormatDescriptor {
  let format = DataFormat.labelled
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "One example per line: the label, a space, the text.", holds: [.text, .label], requires: [.label])

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> LabelledReader {
    try LabelledReader(path, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try LabelledWriter(path, mark: "")
  }

  func mending(_ options: ReadingOptions) -> LineMending { .behindLabel }

  func places(in line: [UInt8], _ columns: ColumnNames) -> FieldPlaces {
    FieldPlaces(text: (line.firstIndex(where: Byte.isBlank).map { $0 + 1 } ?? line.count)..<line.count)
  }
}

/// Writes a label, a space and a text per line; for fastText, the label is marked.
struct LabelledWriter: FormatWriter {
  private let sink: ByteSink
  private let mark: String

  init(_ path: String, mark: String) throws(SeqError) {
    sink = try ByteSink(path, isText: true)
    self.mark = mark
  }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    let label = losses.cleaned(record.label ?? "", "a label", forbidding: separators, by: UInt8(ascii: "_"))
    var text = losses.cleaned(record.text ?? "", "a text", forbidding: lineEnds)
    if !mark.isEmpty {
      let trimmed = Array(text.utf8)[...].trimmed
      let given = Array((record.text ?? "").utf8)[...]
      if given.trimmed.count < given.count { losses.note("white space at the ends of a text") }
      text = decoded(trimmed)
      if text.utf8.split(whereSeparator: Byte.isBlank).contains(where: { $0.starts(with: mark.utf8) }) {
        losses.note("words of a text that begin with \(mark)", .marked)
        text.replace(mark, with: "_" + mark)
      }
    }
    try sink.write(mark + label + " " + text + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }
}
