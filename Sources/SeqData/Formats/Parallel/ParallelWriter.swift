import SeqCore
import SeqRecords

/// Writes files whose lines correspond to each other: texts, and the labels and tags if the first record has them.
final class ParallelWriter: FormatWriter {
  private let folder: NewFolder
  private let columns: ColumnNames
  private let texts: ByteSink
  private var labels: ByteSink?
  private var tags: ByteSink?
  private var isFirst = true
  private var isFinished = false

  init(_ path: String, options: WritingOptions) throws(SeqError) {
    folder = try NewFolder(path)
    columns = options.columns
    texts = try Self.sink(columns.text, "seq.in", in: folder)
  }

  deinit { if !isFinished { folder.abandon() } }

  func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    if isFirst {
      isFirst = false
      if record.label != nil { labels = try Self.sink(columns.label, "label", in: folder) }
      if record.tags != nil { tags = try Self.sink(columns.tag, "seq.out", in: folder) }
    }
    if record.label != nil, labels == nil { losses.note("a label that the first record does not have") }
    if record.tags != nil, tags == nil { losses.note("tags that the first record does not have") }
    if record.label == nil, labels != nil { losses.note("a record without a label", .underscores) }
    if record.tags == nil, tags != nil { losses.note("a record without tags", .underscores) }
    let text = text(record, &losses)
    try texts.write(text + "\n")
    if let labels {
      try labels.write(losses.cleaned(record.label ?? "_", "a label", forbidding: lineEnds) + "\n")
    }
    // One per word, so that the files still correspond to each other.
    let unknown = Array(text.utf8).split(whereSeparator: Byte.isBlank).map { _ in "_" }
    if let tags { try tags.write(joined(record.tags ?? unknown, "tags", &losses) + "\n") }
  }

  func finish() throws(SeqError) {
    for sink in [texts, labels, tags] { try sink?.finish() }
    try folder.finish()
    isFinished = true
  }

  private func text(_ record: Record, _ losses: inout LossLedger) -> String {
    if tags != nil, let tokens = record.tokens { return joined(tokens, "tokens", &losses) }
    let text = record.text ?? record.tokens?.joined(separator: " ") ?? ""
    let line = losses.cleaned(text, "a text", forbidding: lineEnds)
    if tags == nil { return line }
    // With tags, the text is written as its words.
    let words = line.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    if words != line { losses.note("words with other white space around them", .joined) }
    return words
  }

  private func joined(_ words: [String], _ what: String, _ losses: inout LossLedger) -> String {
    if words.contains("") { losses.note("empty \(what)", .underscores) }
    return words.map {
      $0.isEmpty ? "_" : losses.cleaned($0, what, forbidding: separators, by: UInt8(ascii: "_"))
    }.joined(separator: " ")
  }

  private static func sink(_ column: ColumnReference?, _ usual: String, in folder: NewFolder) throws(SeqError)
    -> ByteSink
  {
    if case .name(let name) = column { return try ByteSink(folder.beside + "/" + name, isText: true) }
    return try ByteSink(folder.beside + "/" + usual, isText: true)
  }
}
