import SequenceToolkit

/// The speed of a fit, as its own events tell it.
struct TrainingRate {
  private let config: ExperimentConfig

  init(config path: String, overrides: [String]) throws(SeqError) {
    config = try ExperimentConfig(contentsOf: path, overrides: overrides)
  }

  /// Fits for whole epochs until `seconds` have passed. The first epoch only warms up, so it runs at least two.
  func measure(seconds: Double) throws(SeqError) -> String {
    let clock = Stopwatch()
    var level = ""
    var epochs = 0
    var tokens = 0.0
    var training = 0.0
    var warm: Double?
    var last = 0.0
    var hooks = Experiment.Hooks()
    hooks.onEvent = { event in
      switch event {
      case .started(let start): level = start.level
      case .epochEnded(_, _, let seconds, let tokensPerSecond):
        last = clock.seconds
        if warm == nil {
          warm = last
        } else {
          epochs += 1
          training += seconds
          tokens += seconds * tokensPerSecond
        }
      default: break
      }
    }
    hooks.shouldStop = { epochs > 0 && clock.seconds - (warm ?? 0) >= seconds }
    _ = try Experiment(config).fit(hooks: hooks)
    return JSONLine([
      ("tokensPerSecond", .number(tokens / training)),
      // With what happens between two epochs: the plan of the next one, and a checkpoint on the disk.
      ("tokensPerSecondOfWall", .number(tokens / (last - (warm ?? 0)))),
      ("epochs", .number(Double(epochs))), ("level", .text(level)),
    ]).text
  }

  /// Stops a fit after so many steps. Instructions are counted from outside.
  func run(steps: Int) throws(SeqError) -> String {
    var done = 0
    var hooks = Experiment.Hooks()
    hooks.onEvent = { event in
      if case .progress = event { done += 1 }
    }
    hooks.shouldStop = { done >= steps }
    _ = try Experiment(config).fit(hooks: hooks)
    return JSONLine([("steps", .number(Double(done)))]).text
  }
}
