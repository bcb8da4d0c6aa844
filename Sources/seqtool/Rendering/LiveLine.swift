import SeqCore
import Synchronization

/// The last line of a terminal on standard error, which is redrawn repeatedly. Other output there replaces it.
enum LiveLine {
  private static let isDrawn = Atomic<Bool>(false)

  /// Draws the line, over what was drawn before.
  static func draw(_ text: String) {
    isDrawn.store(true, ordering: .relaxed)
    try? Terminal.error.write("\r\u{1B}[K" + text)
  }

  /// Clears the line, if one was drawn.
  static func erase() {
    guard isDrawn.exchange(false, ordering: .relaxed) else { return }
    try? Terminal.error.write("\r\u{1B}[K")
  }
}
