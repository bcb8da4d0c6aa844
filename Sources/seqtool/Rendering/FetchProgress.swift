import SeqCore
import SeqFetch
import SeqMetrics
import SeqReport

/// Shows a download on standard error: a live bar on a terminal, and always one line per file.
struct FetchProgress {
  /// Seconds between two updates of the bar.
  private static let interval = 0.1

  private let isQuiet: Bool
  private let isLive = Terminal.error.isInteractive
  private var drawn = ContinuousClock.now

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  mutating func show(_ event: Fetch.Event) {
    guard !isQuiet else { return }
    switch event {
    case .found(let file): Terminal.error.line("\(file.name): already there")
    case .waiting(let file, let process):
      let number = process.map { " (process \($0))" } ?? ""
      Terminal.error.line("\(file.name): another process is fetching it\(number); waiting")
    case .progress(let file, let bytes): draw(file, bytes)
    case .fetched(let file):
      erase()
      Terminal.error.line("\(file.name): fetched and verified, \(file.size.byteCount)")
    }
  }

  func erase() { if isLive { try? Terminal.error.write("\r\u{1B}[K") } }

  private mutating func draw(_ file: PublicSet.File, _ bytes: Int) {
    guard isLive, ContinuousClock.now - drawn > .seconds(Self.interval) else { return }
    drawn = .now
    try? Terminal.error.write(
      "\r\u{1B}[K\(file.name) \(ProgressBar.text(bytes, of: file.size)) \(bytes.byteCount) of \(file.size.byteCount)")
  }
}

extension Int {
  /// A number of bytes for people: `84.1 MB`.
  var byteCount: String {
    if self < 1000 { return "\(self) B" }
    return self < 1_000_000 ? "\((Double(self) / 1e3).fixed(1)) kB" : "\((Double(self) / 1e6).fixed(1)) MB"
  }
}
