import SeqCore
import SeqRecords

/// inline: one sentence per line, `word/tag word/tag`.
struct InlineFormat: FormatDescriptor {
  let format = DataFormat.inline
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "One sentence per line, `word/tag word/tag`.", endings: ["inline"], holds: [.tokens, .tags],
    requires: [.tags], answers: .inline)

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> InlineReader {
    try InlineReader(path, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try InlineWriter(path)
  }

  func cutter(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> any RecordCutter {
    FilledLineCutter()
  }

  func mending(_ options: ReadingOptions) -> LineMending { .pieces }

  func tagFinder(of path: String, _ options: ReadingOptions) throws(SeqError) -> TagFinder {
    { places(in: lineContent($0), ColumnNames()).tags }
  }

  func places(in line: [UInt8], _ columns: ColumnNames) -> FieldPlaces {
    var places = FieldPlaces(text: line.indices)
    var pieces: [Range<Int>] = []
    piecesBetweenBlanks(line, into: &pieces)
    for piece in pieces {
      let slash = line[piece].lastIndex(of: Byte.slash)
      places.words.append(piece.lowerBound..<(slash ?? piece.upperBound))
      places.tags.append(slash.map { $0 + 1 } ?? piece.lowerBound)
    }
    return places
  }
}

/// Writes one sentence per line, as `word/tag word/tag`.
struct InlineWriter: FormatWriter {
  private let sink: ByteSink

  init(_ path: String) throws(SeqError) { sink = try ByteSink(path, isText: true) }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    var pieces: [String] = []
    for (token, tag) in zip(record.tokens ?? [], record.tags ?? []) {
      if token.isEmpty || tag.isEmpty { losses.note("empty tokens", .underscores) }
      let word = losses.cleaned(token, "tokens", forbidding: separators, by: UInt8(ascii: "_"))
      let name = losses.cleaned(tag, "tags", forbidding: separators.union([Byte.slash]), by: UInt8(ascii: "_"))
      pieces.append((word.isEmpty ? "_" : word) + "/" + (name.isEmpty ? "_" : name))
    }
    if pieces.isEmpty { return losses.note("a sentence without tokens") }
    try sink.write(pieces.joined(separator: " ") + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }
}
