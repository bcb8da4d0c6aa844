public import SeqCore
import SeqRecords
import SeqTags

/// Reads a file in one format and writes it in another, record by record; the memory does not grow with the file.
public struct Conversion {
  /// The result of a conversion.
  public struct Report: Sendable {
    /// Records that were written.
    public internal(set) var records = 0
    /// What the user should know: what was left out, and which tags were ill-formed.
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

  /// Converts everything. An existing target stays until the new file is complete.
  /// - Throws: what reading throws; `.data` for what the new format cannot express, unless losses are allowed; `.usage`
  ///   if the new format is unknown; `.inputOutput`.
  public func run() throws(SeqError) -> Report {
    guard let format = writing.format ?? (target == "-" ? nil : DataFormat(inferredFrom: target)) else {
      throw .usage(
        "the new format cannot be detected from the name \(target == "-" ? "-" : "\"\(target)\"")",
        remedy: "--to: one of \(DataFormat.writtenNames)")
    }
    if !format.isWritten {
      throw .usage("seqtool reads \(format.rawValue), but does not write it", remedy: "--to jsonl keeps the spans")
    }
    if format.isFolder, target == "-" {
      throw .usage(
        "\(format.rawValue) is a folder and cannot be written to standard output")
    }
    try checkUses(of: format)
    var reading = reading
    if let segmentation = writing.segmentation { reading.segmentation = segmentation }
    var (report, losses) = (Report(), LossLedger(isAllowed: writing.isLossy, format: format))
    var census = TagCensus()
    var adapter = try RecordAdapter(format: format, options: writing, reading: reading)
    // Opened at the first record, so that a mistake in the input's name leaves no files.
    var writer: (any FormatWriter)?
    let name = source == "-" ? "<stdin>" : source
    try readRecords(path: source, options: reading, wanting: .everything) { record throws(SeqError) in
      let place = Place.line(record.line, of: record.file ?? name)
      if let tags = record.tags, writing.scheme != nil || writing.asSpans {
        census.count(tags.map(TagForm.usual), at: place)
      }
      let adapted = try adapter.adapted(record, at: place, &losses)
      if writer == nil { writer = try format.descriptor.writer(target, writing) }
      try writer?.write(adapted, &losses)
      try losses.close(at: place)
      report.records += 1
    }
    if writer == nil { writer = try format.descriptor.writer(target, writing) }
    try writer?.finish()
    report.warnings = losses.losses.map { loss in
      "\(loss.first): \(loss.count == 1 ? "1 record" : "\(loss.count) records"): \(format.rawValue) cannot express "
        + "\(loss.what) (\(loss.effect.past))"
    }
    if let warning = census.warning { report.warnings.append(warning) }
    report.warnings += remarks(adapter)
    return report
  }

  /// - Throws: `.usage` for options that do not apply to the new format.
  private func checkUses(of format: DataFormat) throws(SeqError) {
    let parts = format.traits.holds
    if writing.scheme != nil, !parts.contains(.tags) { throw .usage("--scheme: \(format.rawValue) holds no tags") }
    if writing.asSpans, !parts.contains(.spans) { throw .usage("--spans: \(format.rawValue) holds no spans") }
    if writing.segmentation != nil, parts.contains(.text), parts.contains(.spans) || !parts.contains(.tags) {
      throw .usage("--tokenizer: \(format.rawValue) holds texts, which are not split")
    }
  }

  /// Which options had no effect, and which texts were not written.
  private func remarks(_ adapter: RecordAdapter) -> [String] {
    var remarks: [String] = []
    if writing.scheme != nil, !adapter.usesScheme { remarks.append("--scheme had no effect: no record has tags") }
    if writing.segmentation != nil, !adapter.usesTokenizer {
      remarks.append("--tokenizer had no effect: no text had to be split into tokens")
    }
    if let (count, first) = adapter.unlike {
      let records = count == 1 ? "1 record has" : "\(count) records have"
      remarks.append("\(first): \(records) a text that does not consist of its tokens; \(adapter.kept) written")
    }
    return remarks
  }
}
