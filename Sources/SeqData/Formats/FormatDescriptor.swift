import SeqCore
import SeqRecords

/// All knowledge about a format: what it holds, and how its files are detected, read, written, searched and copied.
///
/// To add a format, make a folder with a type that conforms to this protocol, and add it to `DataFormat`. The default
/// implementations are those of a file with one example per line.
protocol FormatDescriptor: Sendable {
  associatedtype Reader: RecordReader

  var format: DataFormat { get }
  var traits: FormatTraits { get }

  // MARK: Telling

  /// Whether a file or folder has this format, whatever its name. Formats that come later in the list are asked first.
  func claims(_ path: String, isFolder: Bool) -> Bool
  /// How certain it is that lines of supposedly plain text have this format; nil if they do not look like it.
  func strictGuess(_ sample: LineSample) -> Int?
  /// How certain it is that lines with answers of some kind have this format; nil if they cannot.
  func looseGuess(_ sample: LineSample) -> Int?
  /// What the records of a file usually hold in addition to their text.
  func usualAnswer(of path: String, _ options: ReadingOptions) throws(SeqError) -> Wanted

  // MARK: Reading and writing

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> Reader
  /// Passes all records of a file to `each`. Do not implement it: it is here so that its loop is specialised for each
  /// reader.
  func read(
    _ path: String, _ options: ReadingOptions, wanting wanted: Wanted, each: (Record) throws(SeqError) -> Void
  ) throws(SeqError)
  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter
  /// A record with an answer, as an object; for formats that write answers as objects.
  func object(_ record: Record, with answer: RecordAnswer) throws(SeqError) -> String

  // MARK: Copying and searching

  /// The files that are read.
  func files(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [String]
  /// The files that are copied together.
  func sources(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [SourceFile]
  /// Splits the bytes of a file into its records.
  func cutter(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> any RecordCutter
  /// Refuses files whose records are not separate in the bytes.
  func checkCopies(of path: String) throws(SeqError)
  /// How the characters of a line may be repaired.
  func mending(_ options: ReadingOptions) -> LineMending
  /// Finds where the tags begin in the bytes of a record.
  func tagFinder(of path: String, _ options: ReadingOptions) throws(SeqError) -> TagFinder
  /// The places of the fields of a line, for formats with one example per line.
  func places(in line: [UInt8], _ columns: ColumnNames) -> FieldPlaces
  /// Finds the fields that a finder looks for.
  func find(_ finder: inout FieldFinder) throws(SeqError)
}

/// Finds where the tags begin in the bytes of a record.
typealias TagFinder = (_ record: [UInt8]) -> [Int]

extension FormatDescriptor {
  func claims(_ path: String, isFolder: Bool) -> Bool { false }

  func strictGuess(_ sample: LineSample) -> Int? { nil }

  func looseGuess(_ sample: LineSample) -> Int? { nil }

  func usualAnswer(of path: String, _ options: ReadingOptions) throws(SeqError) -> Wanted {
    [.label, .tags, .target].first(where: format.provides.contains) ?? .text
  }

  func read(
    _ path: String, _ options: ReadingOptions, wanting wanted: Wanted, each: (Record) throws(SeqError) -> Void
  ) throws(SeqError) {
    try deliver(from: reader(path, options, wanting: wanted), wanting: wanted, each)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    throw SeqError(.internalFault, "there is no writer of \(format.rawValue)")
  }

  func object(_ record: Record, with answer: RecordAnswer) throws(SeqError) -> String {
    throw SeqError(.internalFault, "\(format.rawValue) has no objects")
  }

  func files(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [String] { [path] }

  func sources(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [SourceFile] {
    let plain = SourceFile.unpacked(path.split(separator: "/").last.map(String.init) ?? path)
    return [SourceFile(path: path, ending: plain.lastIndex(of: ".").map { String(plain[$0...]) } ?? "")]
  }

  func cutter(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> any RecordCutter {
    LineCutter()
  }

  func checkCopies(of path: String) throws(SeqError) {}

  func mending(_ options: ReadingOptions) -> LineMending { .text }

  func tagFinder(of path: String, _ options: ReadingOptions) throws(SeqError) -> TagFinder { { _ in [] } }

  func places(in line: [UInt8], _ columns: ColumnNames) -> FieldPlaces { FieldPlaces(text: line.indices) }

  func find(_ finder: inout FieldFinder) throws(SeqError) { try finder.findInLines() }
}
