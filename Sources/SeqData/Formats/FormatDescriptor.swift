import SeqCore
import SeqRecords

/// All that is known about a format: what it holds, how its files are told, read, written, searched and copied.
///
/// To add a format, make a folder with a type that conforms to this, and name it in `DataFormat`. What is not implemented
/// is that of a file with an example a line.
protocol FormatDescriptor: Sendable {
  associatedtype Reader: RecordReader

  var format: DataFormat { get }
  var traits: FormatTraits { get }

  // MARK: Telling

  /// Whether what is at a path is of this format, whatever its name. The later formats of the list are asked first.
  func claims(_ path: String, isFolder: Bool) -> Bool
  /// How surely lines that claim to be plain text are of this format; nil if they do not look like it.
  func strictGuess(_ sample: LineSample) -> Int?
  /// How surely lines that have answers somehow are of this format; nil if they cannot be.
  func looseGuess(_ sample: LineSample) -> Int?
  /// What the records of a file usually have besides their text.
  func usualAnswer(of path: String, _ options: ReadingOptions) throws(SeqError) -> Wanted

  // MARK: Reading and writing

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> Reader
  /// Gives all records of a file to `each`. Not to be implemented: it is here so that its loop is compiled for each reader.
  func read(
    _ path: String, _ options: ReadingOptions, wanting wanted: Wanted, each: (Record) throws(SeqError) -> Void
  ) throws(SeqError)
  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter
  /// A record with an answer in its place, as an object; for formats whose answers are written so.
  func object(_ record: Record, with answer: RecordAnswer) throws(SeqError) -> String

  // MARK: Copying and searching

  /// The files that hold the bytes of what is read.
  func files(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [String]
  /// The files that are copied together.
  func sources(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [SourceFile]
  /// Cuts the bytes of a file into those of its records.
  func cutter(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> any RecordCutter
  /// Refuses files whose records do not stand on their own in the bytes.
  func checkCopies(of path: String) throws(SeqError)
  /// How the characters of a line may be mended.
  func mending(_ options: ReadingOptions) -> LineMending
  /// Finds where the tags begin in the bytes of a record.
  func tagFinder(of path: String, _ options: ReadingOptions) throws(SeqError) -> TagFinder
  /// Where the fields of a line are, for formats of an example a line.
  func places(in line: [UInt8], _ columns: ColumnNames) -> FieldPlaces
  /// Finds what a finder is asked for.
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
