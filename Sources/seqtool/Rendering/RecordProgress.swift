import SeqCore
import SeqMetrics
import SequenceToolkit
import Synchronization

/// A bar on a terminal that any thread may update; it is drawn from time to time.
final class LiveBar: Sendable {
  /// Time between two updates, and before the first one.
  private static let interval = Duration.milliseconds(100), patience = Duration.milliseconds(500)

  /// Whether the bar is drawn at all.
  let isLive: Bool
  private let started = ContinuousClock.now
  private let drawn = Mutex(ContinuousClock.now)

  init(isLive: Bool) { self.isLive = isLive }

  /// Seconds since the start.
  var seconds: Double { (ContinuousClock.now - started) / .seconds(1) }

  /// Draws how many records of all are done.
  @Sendable func draw(_ done: Int, of all: Int) {
    draw { "\(ProgressBar.text(done, of: all)) \(done) of \(all.counted("record"))  \(timeLeft(done, of: all))" }
  }

  /// Draws a text, if an update is due.
  func draw(_ text: () -> String) {
    guard isLive else { return }
    let now = ContinuousClock.now
    let isDue = drawn.withLock { last in
      guard now - started > Self.patience, now - last > Self.interval else { return false }
      last = now
      return true
    }
    if isDue { LiveLine.draw(text()) }
  }

  /// How long the rest will take.
  func timeLeft(_ done: Int, of all: Int) -> String {
    "\((seconds * Double(max(0, all - done)) / Double(max(1, done))).clock) left"
  }
}

/// Shows on standard error how far a command is in a file: a live bar and, at the end, one line with the model and the
/// file.
final class RecordProgress {
  private let isQuiet: Bool
  /// The bar.
  let bar: LiveBar
  private let watch = InputWatch()
  /// Bytes of the file, if that is known.
  private let size: Int?
  private var records = 0

  /// - Parameters:
  ///   - path: the path of the input; `-` for standard input.
  ///   - writesResults: whether results are written meanwhile; on the same terminal, a bar would appear between them.
  init(_ path: String, isQuiet: Bool, writesResults: Bool) {
    self.isQuiet = isQuiet
    let isShared = writesResults && Terminal.output.isInteractive
    bar = LiveBar(isLive: !isQuiet && Terminal.error.isInteractive && !isShared)
    size = FileStamp(of: path == "-" ? "/dev/stdin" : path)?.size
  }

  /// Runs `body` and watches what it reads.
  func watching<Result>(_ body: () throws(SeqError) -> Result) throws(SeqError) -> Result {
    defer { LiveLine.erase() }
    if bar.isLive { watch.didRead = { [unowned self] in draw() } }
    return try watch.watching(body)
  }

  /// Counts records that are done.
  func add(_ count: Int) {
    records += count
    draw()
  }

  /// Prints which model and file were used.
  /// - Parameter count: the number of records, if others counted them.
  func tell(model: String, file: String, count: Int? = nil) {
    guard !isQuiet else { return }
    Terminal.error.line("model \(model), \((count ?? records).counted("record")) of \(file)")
  }

  private func draw() {
    bar.draw {
      let rate = records > 0 ? "\((Double(records) / max(bar.seconds, 1e-3)).short) records/s" : ""
      guard let size, size > 0, watch.bytes > 0 else { return "\(records.counted("record"))  \(rate)" }
      return "\(ProgressBar.text(watch.bytes, of: size)) \(rate)  \(bar.timeLeft(watch.bytes, of: size))"
    }
  }
}
