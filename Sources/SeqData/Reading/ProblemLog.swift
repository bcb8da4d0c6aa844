package import SeqCore
package import SeqRecords
import Synchronization

/// Takes all the mistakes in a file, where a plain reading stops after some: for a check, which is to see them together.
///
/// It is bound to the task rather than handed to each reader, so that a new format is checked as completely as the old
/// ones without knowing of it.
package final class ProblemLog: Sendable {
  /// More mistakes than any data has that is of the format it is read as.
  private static let limit = 100_000

  @TaskLocal static var current: ProblemLog?

  private let entries = Mutex<[SeqError.Diagnostic]>([])

  package init() {}

  /// What was found so far, in the order of the file.
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

  /// Runs `body` so that what it reads brings its mistakes here and is read on behind them.
  func collecting<Result>(_ body: () throws(SeqError) -> Result) throws(SeqError) -> Result {
    let result = ProblemLog.$current.withValue(self) {
      do throws(SeqError) { return Swift.Result<Result, SeqError>.success(try body()) } catch { return .failure(error) }
    }
    return try result.get()
  }
}

/// Reads the records of a file like `readRecords`, but notes each mistake and reads on behind it: a row or line that
/// cannot be read is left out, and a byte that is not UTF-8 is taken for Windows-1252.
///
/// - Throws: what makes reading on impossible, such as a missing column or damaged gzip data.
package func readRecords(
  path: String, options: ReadingOptions, wanting wanted: Wanted, noting log: ProblemLog,
  each: (Record) throws(SeqError) -> Void
) throws(SeqError) {
  try log.collecting { () throws(SeqError) in
    try readRecords(path: path, options: options, wanting: wanted, each: each)
  }
}
