import SeqCore
import SeqRecords

/// The mistakes found in a file so far; a reader goes on after one so that a user sees them together.
struct Problems {
  /// How many different ones are collected before reading stops. Equal ones are counted.
  static let limit = 20

  private(set) var found: [SeqError.Diagnostic] = []

  var isEmpty: Bool { found.isEmpty }

  /// Notes one more.
  /// - Throws: when the limit was reached before, what is to be said after the others.
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
  /// What to say of a file that ended without a record.
  var emptyMessage: String { get }
  var file: String { get }
  /// The next record, or `nil` at the end; a record with a problem is noted and skipped.
  mutating func next() throws(SeqError) -> Record?
}
