package import SeqCore
package import SeqRecords
import Synchronization

/// Collects all mistakes in a file for a check; plain reading stops after a few.
///
/// It is bound to the task instead of passed to each reader, so that a new format is fully checked without knowing
/// about it.
package final class ProblemLog: Sendable {
  /// More mistakes than any data that really has the given format.
  private static let limit = 100_000

  @TaskLocal static var current: ProblemLog?

  private let entries = Mutex<[SeqError.Diagnostic]>([])

  package init() {}

  /// The mistakes found so far, in the order of the file.
  package var found: [SeqError.Diagnostic] { entries.withLock { $0 } }

  /// - Throws: when there is no point in reading on.
  func add(_ diagnostic: SeqError.Diagnostic) throws(SeqError) {
    let count = entries.withLock { entries in
      entries.append(diagnostic)
      return entries.count
    }
    if count == Self.limit {
      throw .data(
        "\(count) problems; the rest was not read", at: diagnostic.place?.file.map(Place.file),
        remedy: "is this the right format?")
    }
  }

  /// Runs `body`; readers in it record their mistakes here and continue after them.
  func collecting<Result>(_ body: () throws(SeqError) -> Result) throws(SeqError) -> Result {
    let result = ProblemLog.$current.withValue(self) {
      do throws(SeqError) { return Swift.Result<Result, SeqError>.success(try body()) } catch { return .failure(error) }
    }
    return try result.get()
  }
}

/// Reads the records of a file like `readRecords`, but records each mistake and continues after it. A row or line that
/// cannot be read is left out, and a byte that is not UTF-8 is read as Windows-1252.
///
/// - Throws: errors after which reading cannot continue, such as a missing column or damaged gzip data.
package func readRecords(
  path: String, options: ReadingOptions, wanting wanted: Wanted, noting log: ProblemLog,
  each: (Record) throws(SeqError) -> Void
) throws(SeqError) {
  try log.collecting { () throws(SeqError) in
    try readRecords(path: path, options: options, wanting: wanted, each: each)
  }
}
