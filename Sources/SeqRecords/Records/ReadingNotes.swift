package import SeqCore
import Synchronization

/// What readers put up with and a user should know: bytes that were replaced, rows that were left out.
///
/// Notes that say the same of one file become one line, with a count and the first place. `readRecords` reports them when
/// it has read a file. The log is bound to the task, so that every reader can add to it.
public final class ReadingNotes: Sendable {
  @TaskLocal package static var current: ReadingNotes?

  private let entries = Mutex<[SeqError.Diagnostic]>([])
  private let warn: @Sendable (String) -> Void

  /// - Parameter warn: takes each line that is reported.
  public init(warn: @escaping @Sendable (String) -> Void) { self.warn = warn }

  /// Counts a note with those that say the same of the same file.
  package static func add(_ message: String, at place: Place, remedy: String? = nil) {
    current?.entries.withLock { $0.count(.init(message, at: place, remedy: remedy)) }
  }

  /// Runs `body` so that what it reads brings no notes: a second reading of what was read before.
  package static func silently<Result>(_ body: () throws -> Result) rethrows -> Result {
    try $current.withValue(nil, operation: body)
  }

  /// Reports what was noted so far, and starts afresh.
  package func report() {
    let found = entries.withLock { entries in
      defer { entries.removeAll() }
      return entries
    }
    for note in found { warn(note.description) }
  }

  /// Runs `body`, which reads again what is read elsewhere, without taking its notes.
  package static func withoutNotes<Result>(_ body: () throws(SeqError) -> Result) throws(SeqError) -> Result {
    let result = $current.withValue(nil) {
      do throws(SeqError) { return Swift.Result<Result, SeqError>.success(try body()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Runs `body` so that what it reads brings its notes here, and reports them at the end.
  public func collecting<Result>(_ body: () throws -> Result) rethrows -> Result {
    defer { report() }
    return try ReadingNotes.$current.withValue(self, operation: body)
  }
}
