import SeqConfig
import SeqCore
import SeqRecords

/// doccano: the JSON lines that Doccano exports and imports.
///
/// Spans, classes and targets are in `label` or `labels`. Spans can also be in `entities`, with `relations` between
/// them; classes are then in `cats`. Offsets count code points.
struct DoccanoFormat: FormatDescriptor {
  let format = DataFormat.doccano
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "Doccano's JSON lines: spans, classes or targets in `label`, or spans in `entities`.",
    holds: [.text, .label, .spans, .target, .fields], roles: ["text", "label", "spans", "target"],
    settings: [.severalLabels], answers: .ownObjects)

  // MARK: Telling

  /// A file of JSON lines is Doccano's if the first object with an answer looks like Doccano's.
  func claims(_ path: String, isFolder: Bool) -> Bool {
    guard !isFolder, DataFormat(inferredFrom: path) == .jsonl, FileSystem.isRegularFile(path) else { return false }
    let found = try? ReadingNotes.withoutNotes { () throws(SeqError) in
      var objects = try JSONObjects(path, options: ReadingOptions())
      var count = 0
      while try objects.next(), count < 100 {
        if let isDoccanos = DoccanoObject(try objects.parsed()).isDoccanos { return isDoccanos }
        count += 1
      }
      return false
    }
    return found ?? false
  }

  func strictGuess(_ sample: LineSample) -> Int? { isDoccanos(sample) ? 3 : nil }

  func looseGuess(_ sample: LineSample) -> Int? { isDoccanos(sample) ? 4 : nil }

  private func isDoccanos(_ sample: LineSample) -> Bool {
    for line in sample.filled {
      // The last line may be an incomplete object.
      guard let root = try? JSONParser.parse(Array(line.utf8), file: "", firstLine: 1) else { return false }
      if let isDoccanos = DoccanoObject(root).isDoccanos { return isDoccanos }
    }
    return false
  }

  func usualAnswer(of path: String, _ options: ReadingOptions) throws(SeqError) -> Wanted {
    try JSONLinesFormat.usualAnswer(of: path) { () throws(SeqError) in
      try reader(path, options, wanting: .everything)
    }
  }

  // MARK: Reading and writing

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> JSONLinesReader {
    try JSONLinesReader(
      path, options: options, wanting: wanted, reshaping: Self.reshaping(options, wanting: wanted))
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try DoccanoWriter(path)
  }

  func object(_ record: Record, with answer: RecordAnswer) throws(SeqError) -> String {
    DoccanoWriter.object(record, with: answer)
  }

  // MARK: Copying and searching

  func cutter(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> any RecordCutter {
    try JSONCutter(path, options, wanting: wanted)
  }

  func mending(_ options: ReadingOptions) -> LineMending {
    .places { line in
      guard let root = try? JSONParser.parse(line, file: "", firstLine: 1) else { return false }
      return DoccanoObject(root).hasSpans
    }
  }

  func find(_ finder: inout FieldFinder) throws(SeqError) {
    try finder.findInObjects(reshaping: Self.reshaping(finder.options, wanting: finder.wanted))
  }

  private static func reshaping(_ options: ReadingOptions, wanting wanted: Wanted) -> JSONReshaping {
    { root throws(SeqError) in
      try DoccanoObject(root).reshaped(options, wanting: wanted)
    }
  }
}
