import SeqCore
import SeqMetrics
import SeqReport
import SequenceToolkit

/// Shows a fit on standard error: a live bar on a terminal, and always one line per epoch.
struct FitProgress {
  /// Seconds between two updates of the bar.
  private static let interval = 0.1

  private let isQuiet: Bool
  private let isLive = Terminal.error.isInteractive
  private var drawn = ContinuousClock.now
  private var epochs = 0

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  mutating func show(_ event: TrainingEvent) {
    guard !isQuiet else { return }
    switch event {
    case .started(let start): Terminal.error.line(Self.text(start))
    case .progress(let progress):
      epochs = progress.epochs
      if isLive { draw(progress) }
    case .epochEnded(let record, let isBest, let seconds, let speed):
      erase()
      let line = text(record, seconds, speed) + (isBest ? "  best" : "")
      Terminal.error.line(line, style: isBest ? .bold : .plain)
    case .stopped(let reason, let bestEpoch):
      erase()
      if reason == .earlyStopped { Terminal.error.line("stopped early: no later epoch was better") }
      if reason != .interrupted { Terminal.error.line("epoch \(bestEpoch) was the best") }
    }
  }

  private static func text(_ start: TrainingEvent.Start) -> String {
    let resumed = start.epochsDone > 0 ? "; continuing after epoch \(start.epochsDone)" : ""
    return "fitting \(start.parameters.counted("parameter")) on \(start.sequences.counted("sequence")), "
      + "\(start.tokens.counted("token")); "
      + "\(start.threads.counted("thread")), \(start.level), \(start.precision.rawValue)\(resumed)"
  }

  private func text(_ record: EpochRecord, _ seconds: Double, _ speed: Double) -> String {
    let shown = ["f1", "accuracy", "wordErrorRate", "symbolErrorRate", "loss"].compactMap { name in
      record.dev[name].map { "dev \(name) \($0.fixed())" }
    }
    let number = "\(record.epoch)".padded(to: "\(epochs)".count)
    return
      (["epoch \(number)/\(epochs)", "loss \(record.trainLoss.fixed())"] + shown
      + ["\(speed.short) tokens/s", "\(seconds.fixed(1)) s"]).joined(separator: "  ")
  }

  private mutating func draw(_ progress: TrainingEvent.Progress) {
    guard ContinuousClock.now - drawn > .seconds(Self.interval) else { return }
    drawn = .now
    let bar = ProgressBar.text(progress.batch, of: progress.batches)
    try? Terminal.error.write(
      "\r\u{1B}[Kepoch \(progress.epoch)/\(progress.epochs) \(bar) loss \(progress.loss.fixed())  "
        + "\(progress.tokensPerSecond.short) tokens/s  \(progress.secondsLeft.clock) left")
  }

  private func erase() { if isLive { try? Terminal.error.write("\r\u{1B}[K") } }
}

extension Double {
  /// 1234567 as 1.2M, 41234 as 41k.
  var short: String {
    if self >= 1e6 { return (self / 1e6).fixed(1) + "M" }
    return self >= 1e3 ? "\(Int(self / 1e3))k" : "\(Int(self))"
  }

  /// Seconds as minutes and seconds.
  var clock: String {
    let whole = Int(min(max(self, 0), 359_999))
    return "\(whole / 60):" + "\(whole % 60)".padded(to: 2, with: "0")
  }
}

extension Int {
  /// `1 record`, `2 records`.
  func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

extension String {
  fileprivate func padded(to width: Int, with character: Character = " ") -> String {
    String(repeating: character, count: max(0, width - count)) + self
  }
}
