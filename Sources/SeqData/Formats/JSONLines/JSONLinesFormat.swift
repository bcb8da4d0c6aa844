import SeqConfig
import SeqCore
import SeqRecords

/// jsonl: one JSON object per line, or an array of objects, including the shapes that annotation tools write.
struct JSONLinesFormat: FormatDescriptor {
  let format = DataFormat.jsonl
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "One JSON object per line, or an array of objects.", endings: ["jsonl", "ndjson", "json"],
    holds: [.text, .tokens, .label, .tags, .spans, .target, .fields],
    roles: ["text", "label", "token", "tag", "spans", "target"], settings: [.severalLabels, .tagNames, .features],
    answers: .objects, holdsTextsOfTokens: true)

  func strictGuess(_ sample: LineSample) -> Int? {
    // The last line may be an incomplete object.
    let areObjects = sample.filled.prefix(3).allSatisfy { line in
      line.first == "{" && (try? JSONParser.parse(Array(line.utf8), file: "", firstLine: 1))?.members?.isEmpty == false
    }
    return areObjects ? 2 : nil
  }

  func looseGuess(_ sample: LineSample) -> Int? { sample.filled.allSatisfy { $0.hasPrefix("{") } ? 3 : nil }

  func usualAnswer(of path: String, _ options: ReadingOptions) throws(SeqError) -> Wanted {
    try Self.usualAnswer(of: path) { () throws(SeqError) in try reader(path, options, wanting: .everything) }
  }

  /// What the first record of a file has in addition to its text.
  static func usualAnswer(
    of path: String, _ open: () throws(SeqError) -> JSONLinesReader
  ) throws(SeqError) -> Wanted {
    guard path != "-", FileSystem.exists(path) else { return .label }
    let first = try ProblemLog().collecting { () throws(SeqError) in
      var reader = try open()
      return try reader.next()
    }
    guard let record = first, record.label == nil else { return .label }
    if record.tags != nil || record.spans != nil { return .tags }
    return record.target != nil ? .target : .label
  }

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> JSONLinesReader {
    try JSONLinesReader(path, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try JSONLinesWriter(path, options: options)
  }

  func cutter(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> any RecordCutter {
    try JSONCutter(path, options, wanting: wanted)
  }

  func mending(_ options: ReadingOptions) -> LineMending {
    var key = "spans"
    if case .name(let given) = options.columns.spans { key = given }
    let bytes = Array("\"\(key)\"".utf8)
    return .places { line in line.indices.contains { line[$0] == bytes[0] && line[$0...].starts(with: bytes) } }
  }

  func tagFinder(of path: String, _ options: ReadingOptions) throws(SeqError) -> TagFinder {
    let key = try JSONKeys(options.columns, file: path).name(.tag)
    return { Self.tagStarts(in: $0, at: key, of: path) }
  }

  func find(_ finder: inout FieldFinder) throws(SeqError) { try finder.findInObjects() }

  /// The positions after the quote marks that open the tags.
  private static func tagStarts(in record: [UInt8], at key: String, of file: String) -> [Int] {
    guard let root = try? JSONParser.parse(record, file: file, firstLine: 1) else { return [] }
    var starts: [Int] = []
    // Blank lines before an object belong to its record.
    var (offset, line, column) = (0, 1, 1)
    for tag in root[key]?.elements ?? [] {
      guard let wantedLine = tag.place.line, let wantedColumn = tag.place.column else { return [] }
      while offset < record.count, line < wantedLine || column < wantedColumn {
        if record[offset] == Byte.lineFeed { (line, column) = (line + 1, 0) }
        offset += 1
        if offset < record.count, record[offset] & 0xC0 != 0x80 { column += 1 }
      }
      starts.append(offset + 1)
    }
    return starts
  }
}

extension DataFormat {
  /// Whether a `.json` file holds records and not a config: an array, or one object per line, without a task.
  public static func holdsRecords(_ path: String) -> Bool {
    guard var objects = try? JSONObjects(path, options: ReadingOptions()) else { return false }
    if objects.isArray { return true }
    guard (try? objects.next()) == true, let first = try? objects.parsed().members else { return false }
    return !first.isEmpty && !first.contains { $0.key == "task" }
  }
}
