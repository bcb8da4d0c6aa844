import SeqCore
import Synchronization

/// A progress bar.
enum ProgressBar {
  private static let width = 24

  /// The bar with a part of it filled.
  static func text(_ done: Int, of all: Int) -> String {
    let filled = all > 0 ? min(width, width * max(0, done) / all) : width
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }
}

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
