import ArgumentParser
import SeqConfig
import SeqCore
import SeqMetrics
import SeqReport
import SeqTags
import SequenceToolkit

/// Fits one config with several seeds and keeps the model that is best on the dev data.
struct FitSeeds {
  let config: String
  let overrides: [String]
  let count: Int
  let isQuiet: Bool
  /// Whether a model of another config may be replaced.
  let overwrites: Bool

  private typealias Column = (name: String, values: [Double])

  private struct Fitted {
    let seed: UInt64
    let result: Experiment.Result
    let dev: Score?
    let time: Duration
  }

  /// - Returns: the folder of the best model.
  func run() throws -> String {
    let given = Experiment(try ExperimentConfig(contentsOf: config, overrides: overrides))
    let seeds = given.config.training.seed..<given.config.training.seed + UInt64(count)
    let lock = try given.claimOutput(seeds: seeds, overwrite: overwrites)
    defer { lock.release() }
    var fits: [Fitted] = []
    for seed in seeds {
      if !isQuiet { Terminal.error.line("seed \(seed)", style: .bold) }
      fits.append(try fit(seed, given))
    }
    let best = best(of: fits)
    try given.take(from: best.result.output)
    for other in fits where other.seed != best.seed { try FileSystem.remove(other.result.output) }
    try Terminal.output.write(table(fits, best: best.seed))
    return given.config.output
  }

  private func fit(_ seed: UInt64, _ given: Experiment) throws -> Fitted {
    // The target of a link, so that the best model can replace it.
    let folder = FileSystem.replaceable(given.config.output) + ".seed-\(seed)"
    let own = ["training.seed=\(seed)", "output=\(JSONWriter.quoted(folder))"]
    let experiment = Experiment(try ExperimentConfig(contentsOf: config, overrides: overrides + own))
    var progress = FitProgress(isQuiet: isQuiet)
    var hooks = Experiment.Hooks.warning
    hooks.onEvent = { event in
      if case .started = event { Interruption.isAwaited() }
      progress.show(event)
    }
    hooks.shouldStop = { Interruption.isRequested }
    hooks.note = { [isQuiet] in if !isQuiet { Terminal.error.line($0) } }
    let start = ContinuousClock.now
    let result = try experiment.fit(overwrite: overwrites, hooks: hooks)
    let time = ContinuousClock.now - start
    guard result.reason != .interrupted else {
      try FileSystem.remove(folder)
      let done = (given.config.training.seed..<seed).map { "\(given.config.output).seed-\($0)" }
      let kept = done.isEmpty ? "nothing is kept" : "finished models are in \(done.joined(separator: ", "))"
      Terminal.error.line("stopped in seed \(seed); \(kept)")
      throw ExitCode(Interruption.exitStatus)
    }
    return Fitted(seed: seed, result: result, dev: experiment.devScore(of: result), time: time)
  }

  /// The best fit; the first one of equals, or without dev data.
  private func best(of fits: [Fitted]) -> Fitted {
    fits.dropFirst().reduce(fits[0]) { best, fit in
      guard let a = fit.dev, let b = best.dev else { return best }
      return Experiment.isBetter(a, than: b) ? fit : best
    }
  }

  /// The main scores of each fit, also of sentence labels, with their mean and deviation, and the times.
  private func table(_ fits: [Fitted], best: UInt64) -> String {
    let columns = fits[0].result.evaluations.enumerated().flatMap { part, first in
      let main = first.evaluation.mainScore.name
      return ([main] + JointCounts.metrics.map(\.name).filter { $0 != main }).compactMap { name -> Column? in
        let values = fits.compactMap { $0.result.evaluations[part].evaluation.scores[name] }
        return values.count == fits.count ? ("\(first.name) \(name)", values) : nil
      }
    }
    let seconds = fits.map { ($0.time / .seconds(1)).fixed(1) }
    var table = TextTable([.left("seed")] + columns.map { .right($0.name) } + [.right("seconds"), .left("")])
    for (i, fit) in fits.enumerated() {
      table.add(["\(fit.seed)"] + columns.map { $0.values[i].fixed() } + [seconds[i], fit.seed == best ? "kept" : ""])
    }
    if columns.isEmpty { return table.render() + "\n" }
    table.addRule()
    table.add(["mean"] + columns.map { $0.values.mean.fixed() })
    table.add(["deviation"] + columns.map { $0.values.deviation.fixed() })
    return table.render() + "\n"
  }
}

extension [Double] {
  fileprivate var mean: Double { reduce(0, +) / Double(Swift.max(1, count)) }

  /// The sample deviation, divided by n − 1.
  fileprivate var deviation: Double {
    guard count > 1 else { return 0 }
    let mean = mean
    return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
  }
}
