import SeqCore
import SeqRecords

/// Writes columns and conllu: the lines that were read, with tags, or new lines of token and tag.
struct SentenceWriter: FormatWriter {
  private let sink: ByteSink
  private let format: DataFormat
  /// The column of the tags in new lines.
  private let tagColumn: ColumnReference
  /// Whether lines have a column of tags, as the first sentence decides.
  private var hasTags: Bool?

  init(_ path: String, format: DataFormat, options: WritingOptions) throws(SeqError) {
    tagColumn = format == .conllu ? options.columns.tag ?? .name("UPOS") : .name("UPOS")
    sink = try ByteSink(path, isText: true)
    self.format = format
  }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    if let details = record.details, details.layout == format, !details.lines.isEmpty {
      return try write(details, tags: record.tags)
    }
    let tokens = record.tokens ?? []
    if tokens.isEmpty { return losses.note("a sentence without tokens") }
    let tags = format == .conllu ? record.tags : evenTags(of: record, &losses)
    var text = ""
    for (i, token) in tokens.enumerated() {
      text +=
        try format == .conllu ? wordLine(i, token, tags?[i], &losses) : line(token, tags?[i], &losses)
    }
    try sink.write(text + "\n")
  }

  mutating func finish() throws(SeqError) { try sink.finish() }

  /// The tags of a sentence if the first sentence has tags, because all lines of a file have the same number of
  /// columns.
  private mutating func evenTags(of record: Record, _ losses: inout LossLedger) -> [String]? {
    let hasTags = self.hasTags ?? (record.tags != nil)
    self.hasTags = hasTags
    if !hasTags, record.tags != nil { losses.note("tags that the first record does not have") }
    if hasTags, record.tags == nil { losses.note("a record without tags", .underscores) }
    return hasTags ? record.tags ?? record.tokens?.map { _ in "_" } : nil
  }

  /// Writes the lines of a sentence unchanged, except for the tags.
  private func write(_ details: RecordDetails, tags: [String]?) throws(SeqError) {
    try sink.write(details.bytes { line, token in line.bytes(tag: tags?[token]) })
  }

  private func line(_ token: String, _ tag: String?, _ losses: inout LossLedger) -> String {
    // Without a second column, a line without tabs would be split at its spaces.
    let forbidden = tag == nil ? separators : lineEnds.union([Byte.tab])
    var token = filled(losses.cleaned(token, "tokens", forbidding: forbidden, by: UInt8(ascii: "_")), &losses)
    if token.hasPrefix("-DOCSTART-") {
      losses.note("tokens that begin with -DOCSTART-", .marked)
      token = "_" + token
    }
    guard let tag else { return token + "\n" }
    let name = filled(losses.cleaned(tag, "tags", forbidding: lineEnds.union([Byte.tab])), &losses)
    if (token + name).utf8.allSatisfy(Byte.isBlank) {
      losses.note("tokens and tags of white space", .underscores)
      token = "_"
    }
    return token + "\t" + name + "\n"
  }

  private func wordLine(
    _ index: Int, _ token: String, _ tag: String?, _ losses: inout LossLedger
  ) throws(SeqError) -> String {
    let forbidden = lineEnds.union([Byte.tab])
    let names = ConlluColumns.standard.names
    guard let tagColumn = tagColumn.position(among: names, width: names.count), tagColumn > 1 else {
      throw .usage("\(tagColumn) is not a column for the tags of conllu", remedy: "one of UPOS, XPOS, FEATS")
    }
    var columns = [String](repeating: "_", count: names.count)
    columns[0] = String(index + 1)
    columns[1] = filled(losses.cleaned(token, "tokens", forbidding: forbidden, by: UInt8(ascii: "_")), &losses)
    if let tag { columns[tagColumn] = filled(losses.cleaned(tag, "tags", forbidding: forbidden), &losses) }
    return columns.joined(separator: "\t") + "\n"
  }

  private func filled(_ text: String, _ losses: inout LossLedger) -> String {
    if !text.isEmpty { return text }
    losses.note("empty tokens", .underscores)
    return "_"
  }
}
