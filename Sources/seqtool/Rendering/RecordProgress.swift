import SeqCore
import SeqMetrics
import SequenceToolkit

/// Shows on standard error how a command works its way through the records of a file: a live bar where somebody watches
/// and, at the end, one line that says which model and which file it took.
final class RecordProgress {
  /// Time between two pictures of the bar, and before the first.
  private static let interval = Duration.milliseconds(100), patience = Duration.milliseconds(500)

  private let isQuiet: Bool
  private let isLive: Bool
  private let watch = InputWatch()
  /// Bytes of the file, if that is known.
  private let size: Int?
  private let started = ContinuousClock.now
  private var drawn = ContinuousClock.now
  private(set) var records = 0

  /// - Parameters:
  ///   - path: of the input; `-` for standard input.
  ///   - writesResults: whether results are written meanwhile: on the same terminal, a bar would stand between them.
  init(_ path: String, isQuiet: Bool, writesResults: Bool) {
    self.isQuiet = isQuiet
    isLive = !isQuiet && Terminal.error.isInteractive && !(writesResults && Terminal.output.isInteractive)
    size = FileStamp(of: path == "-" ? "/dev/stdin" : path)?.size
  }

  /// Runs `body`, whose reading is watched.
  func watching<Result>(_ body: () throws(SeqError) -> Result) throws(SeqError) -> Result {
    defer { LiveLine.erase() }
    if isLive { watch.didRead = { [unowned self] in draw() } }
    return try watch.watching(body)
  }

  /// Counts records that are done.
  func add(_ count: Int) {
    records += count
    if isLive { draw() }
  }

  /// Says which model and file were taken.
  /// - Parameters:
  ///   - count: of records, if others counted them.
  func tell(model: String, file: String, count: Int? = nil, noun: String = "record") {
    guard !isQuiet else { return }
    Terminal.error.line("model \(model), \((count ?? records).counted(noun)) of \(file)")
  }

  /// Draws how many of some things are done, of a part of the work that reads nothing.
  func draw(_ done: Int, of all: Int) {
    guard isLive, isDue() else { return }
    LiveLine.draw(
      "\(ProgressBar.text(done, of: all)) \(done) of \(all.counted("record"))  \(timeLeft(done, of: all))")
  }

  private func draw() {
    guard isDue() else { return }
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    let rate = records > 0 ? "  \((Double(records) / max(seconds, 1e-3)).short) records/s" : ""
    guard let size, size > 0, watch.bytes > 0 else { return LiveLine.draw(records.counted("record") + rate) }
    LiveLine.draw("\(ProgressBar.text(watch.bytes, of: size))\(rate)  \(timeLeft(watch.bytes, of: size))")
  }

  private func isDue() -> Bool {
    let now = ContinuousClock.now
    guard now - started > Self.patience, now - drawn > Self.interval else { return false }
    drawn = now
    return true
  }

  private func timeLeft(_ done: Int, of all: Int) -> String {
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    return "\((seconds * Double(max(0, all - done)) / Double(max(1, done))).clock) left"
  }
}
