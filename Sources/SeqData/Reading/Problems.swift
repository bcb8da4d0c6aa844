import SeqCore
import SeqRecords

/// The mistakes found in a file so far. A reader continues after a mistake, so that the user sees several at once.
struct Problems {
  /// How many different mistakes are collected before reading stops. Equal ones are counted.
  static let limit = 20

  private(set) var found: [SeqError.Diagnostic] = []

  var isEmpty: Bool { found.isEmpty }

  /// Records a mistake.
  /// - Throws: if the limit was reached before: the mistakes, and that there are more.
  mutating func add(_ message: String, at place: Place, remedy: String? = nil) throws(SeqError) {
    let problem = SeqError.Diagnostic(message, at: place, remedy: remedy)
    if let log = ProblemLog.current { return try log.add(problem) }
    found.count(problem)
    guard found.count > Self.limit else { return }
    found.removeLast()
    throw .data("more problems than these \(Self.limit); the rest is not listed", at: place.file.map(Place.file))
  }

  /// The problems followed by what ended the reading.
  func followed(by error: SeqError) -> SeqError { SeqError(error.kind, found + error.diagnostics) }

  /// - Throws: the problems, if there are any.
  func check() throws(SeqError) {
    if !isEmpty { throw SeqError(.data, found) }
  }
}

/// One format's reader of one file.
protocol RecordReader {
  var problems: Problems { get }
  /// The message for a file without a record.
  var emptyMessage: String { get }
  var file: String { get }
  /// The next record, or `nil` at the end; a record with a mistake is reported and skipped.
  mutating func next() throws(SeqError) -> Record?
}
