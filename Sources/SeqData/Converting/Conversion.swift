public import SeqCore
import SeqMetrics

/// Reads a file in one format and writes it in another, record by record, in a memory that does not grow with it.
public struct Conversion {
  /// What came of a conversion.
  public struct Report: Sendable {
    /// Records that were written.
    public internal(set) var records = 0
    /// What a user should know: what was left out, and which tags were ill-formed.
    public internal(set) var warnings: [String] = []
  }

  private let source: String
  private let target: String
  private let reading: ReadingOptions
  private let writing: WritingOptions

  /// - Parameters:
  ///   - source: a file or folder, or `-` for standard input.
  ///   - target: a file, or a folder that does not exist, or `-` for standard output.
  public init(from source: String, _ reading: ReadingOptions, to target: String, _ writing: WritingOptions) {
    (self.source, self.reading, self.target, self.writing) = (source, reading, target, writing)
  }

  /// Converts everything. What is at the target stays until the new file is whole.
  /// - Throws: what reading throws; `.data` for what the new format cannot express, unless losses are allowed;
  ///   `.usage` if the new format is not told; `.inputOutput`.
  public func run() throws(SeqError) -> Report {
    guard let format = writing.format ?? (target == "-" ? nil : DataFormat(inferredFrom: target)) else {
      throw .usage(
        "the name \(target == "-" ? "-" : "\"\(target)\"") does not tell the new format",
        remedy: "--to: one of \(DataFormat.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    if format.isFolder, target == "-" { throw .usage("\(format.rawValue) is a folder, which standard output is not") }
    var reading = reading
    reading.segmentation = writing.segmentation
    var (report, losses) = (Report(), LossLedger(isAllowed: writing.isLossy, format: format))
    var census = TagCensus()
    let adapter = try RecordAdapter(format: format, options: writing)
    // Opened with the first record: a mistake in the input's name leaves no trace.
    var writer: (any FormatWriter)?
    let name = source == "-" ? "<stdin>" : source
    try readRecords(path: source, options: reading, wanting: .everything) { record throws(SeqError) in
      let place = Place.line(record.line, of: record.file ?? name)
      if let tags = record.tags, writing.scheme != nil || writing.asSpans { census.count(tags, at: place) }
      let adapted = try adapter.adapted(record, at: place, &losses)
      if writer == nil { writer = try makeWriter(target, format: format, options: writing) }
      try writer?.write(adapted, &losses)
      try losses.close(at: place)
      report.records += 1
    }
    if writer == nil { writer = try makeWriter(target, format: format, options: writing) }
    try writer?.finish()
    report.warnings = losses.losses.map { loss in
      "\(loss.first): \(loss.count == 1 ? "1 record" : "\(loss.count) records"): \(format.rawValue) cannot express "
        + "\(loss.what), which was left out"
    }
    if let warning = census.warning { report.warnings.append(warning) }
    return report
  }
}

/// The writer of a format.
func makeWriter(
  _ path: String, format: DataFormat, options: WritingOptions
) throws(SeqError) -> any FormatWriter {
  switch format {
  case .csv, .tsv: return try TableWriter(path, format: format, options: options)
  case .columns, .conllu: return try SentenceWriter(path, format: format, options: options)
  case .jsonl: return try JSONLinesWriter(path, options: options)
  case .labelled, .fasttext: return try LabelledWriter(path, format: format)
  case .parallel: return try ParallelWriter(path, options: options)
  case .folders: return try FolderWriter(path)
  case .pairs: return try PairsWriter(path)
  case .inline: return try InlineWriter(path)
  case .lines: return try PlainWriter(path)
  }
}
