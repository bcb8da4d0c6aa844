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
