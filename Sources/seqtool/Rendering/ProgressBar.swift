/// A progress bar.
enum ProgressBar {
  private static let width = 24

  /// The bar with a part of it filled.
  static func text(_ done: Int, of all: Int) -> String {
    let filled = all > 0 ? min(width, width * max(0, done) / all) : width
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }
}
