import SeqCore
import SeqRecords

/// pairs: a source, a tab and its target on each line.
struct PairsFormat: FormatDescriptor {
  let format = DataFormat.pairs
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "A source and its target per line, separated by a tab.", endings: ["pairs"],
    holds: [.text, .target, .fields], requires: [.target], roles: ["text", "target"], answers: .tabbedRows)

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> PairsReader {
    try PairsReader(path, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try PairsWriter(path)
  }

  func places(in line: [UInt8], _ columns: ColumnNames) -> FieldPlaces {
    var pieces: [Range<Int>] = []
    piecesBetweenTabs(line, into: &pieces)
    let column = (columns.text ?? .index(0)).position(among: [], width: pieces.count)
    return FieldPlaces(text: column.map { pieces[$0] } ?? line.indices)
  }
}

/// Writes a source, a tab and its target per line.
struct PairsWriter: FormatWriter {
  private let sink: ByteSink

  init(_ path: String) throws(SeqError) { sink = try ByteSink(path, isText: true) }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    let forbidden = lineEnds.union([Byte.tab])
    let fields = record.details?.fields ?? []
    // A table with more columns keeps them, if it has the shape of this format.
    if fields.count > 2, fields.first?.role == .text, fields.last?.role == .target {
      let row = fields.map { losses.cleaned($0.value ?? "", "a field", forbidding: forbidden) }
      return try sink.write(row.joined(separator: "\t") + "\n")
    }
    for field in fields where field.role == nil { losses.note("the column \"\(field.name)\"") }
    let text = losses.cleaned(record.text ?? "", "a text", forbidding: forbidden)
    try sink.write(text + "\t" + losses.cleaned(record.target ?? "", "a target", forbidding: forbidden) + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }
}
