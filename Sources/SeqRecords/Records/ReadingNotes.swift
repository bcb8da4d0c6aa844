package import SeqCore
import Synchronization

/// What readers accept but the user should know: bytes that were replaced, rows that were left out.
///
/// Equal notes about one file become one line, with a count and the first place. `readRecords` reports them when it has
/// read a file. The log is bound to the task, so every reader can add to it.
public final class ReadingNotes: Sendable {
  @TaskLocal package static var current: ReadingNotes?

  private let entries = Mutex<[SeqError.Diagnostic]>([])
  private let warn: @Sendable (String) -> Void

  /// - Parameter warn: gets each reported line.
  public init(warn: @escaping @Sendable (String) -> Void) { self.warn = warn }

  /// Adds a note, or counts it with an equal one about the same file.
  package static func add(_ message: String, at place: Place, remedy: String? = nil) {
    current?.entries.withLock { $0.count(.init(message, at: place, remedy: remedy)) }
  }

  /// Runs `body` without notes, for a second reading of the same files.
  package static func silently<Result>(_ body: () throws -> Result) rethrows -> Result {
    try $current.withValue(nil, operation: body)
  }

  /// Reports the notes so far, and clears them.
  package func report() {
    let found = entries.withLock { entries in
      defer { entries.removeAll() }
      return entries
    }
    for note in found { warn(note.description) }
  }

  /// Runs `body` without its notes, because other code reads the same files and notes them.
  package static func withoutNotes<Result>(_ body: () throws(SeqError) -> Result) throws(SeqError) -> Result {
    let result = $current.withValue(nil) {
      do throws(SeqError) { return Swift.Result<Result, SeqError>.success(try body()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Runs `body`; readers in it add their notes here, which are reported at the end.
  public func collecting<Result>(_ body: () throws -> Result) rethrows -> Result {
    defer { report() }
    return try ReadingNotes.$current.withValue(self, operation: body)
  }
}
