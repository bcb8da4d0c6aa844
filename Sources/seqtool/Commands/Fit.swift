import ArgumentParser
import SeqCore
import SequenceToolkit

struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit the model that a config describes, and score it on the test data.",
    discussion: """
      The first INT (Ctrl-C), TERM or HUP saves a checkpoint and stops the fit.
      --resume continues it, and the model is the same, bit for bit, as that of
      a fit that was not interrupted. You may give a resumed fit more epochs if
      its learning rate schedule does not depend on their number.

      Only one fit at a time can use an output folder. Fitting the same config
      again replaces its model; to replace the model of another config, add
      --overwrite.

      EXAMPLES
        seqtool fit examples/names.json
        seqtool fit examples/names.json --set training.epochs=5 --overwrite
        seqtool fit examples/names.json --resume
        seqtool fit config.json --resume --set training.epochs=40
        seqtool fit examples/names.json --seeds 5
        seqtool fit examples/names.json --find-learning-rate
      """)

  @Argument(help: "The config: a .json or .plist file.", completion: .file(extensions: ["json", "plist"]))
  var config: String

  @Option(name: .customLong("set"), help: ArgumentHelp("Override a value of the config.", valueName: "path=value"))
  var overrides: [String] = []

  @Flag(help: "Continue an interrupted fit of this config.")
  var resume = false

  @Flag(help: "Replace the model in the output folder even if it has another config.")
  var overwrite = false

  @Option(
    help: ArgumentHelp(
      "Fit with this many seeds, from training.seed on; print each score, the mean and the deviation; keep the model "
        + "that is best on dev.",
      valueName: "n"))
  var seeds: Int?

  @Flag(help: "Try learning rates from small to large, print the loss at each, and keep no model.")
  var findLearningRate = false

  @Flag(name: .shortAndLong, help: "Print only warnings, errors and the final scores.")
  var quiet = false

  func validate() throws {
    if let seeds, !(1...1_000).contains(seeds) { throw ValidationError("--seeds: expected 1 to 1000, found \(seeds)") }
    if resume, seeds != nil || findLearningRate {
      throw ValidationError(
        "--resume continues a single fit: leave out --\(seeds != nil ? "seeds" : "find-learning-rate")")
    }
    if seeds != nil, findLearningRate {
      throw ValidationError(
        "--find-learning-rate keeps no model: leave out --seeds")
    }
  }

  func run() throws {
    if findLearningRate { return try showLearningRates() }
    if let seeds {
      return try reporting {
        Interruption.clearsAway()
        let folder = try FitSeeds(
          config: config, overrides: overrides, count: seeds, isQuiet: quiet, overwrites: overwrite
        ).run()
        tell(folder)
      }
    }
    try fit()
  }

  private func showLearningRates() throws {
    try reporting {
      let config = try ExperimentConfig(contentsOf: config, overrides: overrides)
      let trial = try Experiment(config).findLearningRate(hooks: .warning)
      try Terminal.output.write(LearningRateReport(trial: trial).text)
    }
  }

  /// Records the model as the last one fitted, and prints where it is.
  private func tell(_ folder: String) {
    do { try LatestModel.record(folder) } catch { warn("\(error)") }
    if !quiet { Terminal.error.line("the model is in \(FileSystem.displayed(folder))") }
  }

  private func fit() throws {
    try reporting {
      Interruption.clearsAway()
      let config = try ExperimentConfig(contentsOf: config, overrides: overrides)
      var progress = FitProgress(isQuiet: quiet)
      var hooks = Experiment.Hooks.warning
      hooks.onEvent = { event in
        // Before the first batch there is nothing to save, so a signal ends the process at once.
        if case .started = event { Interruption.isAwaited() }
        progress.show(event)
      }
      hooks.shouldStop = { Interruption.isRequested }
      hooks.note = { [quiet] in if !quiet { Terminal.error.line($0) } }
      let result = try Experiment(config).fit(resume: resume, overwrite: overwrite, hooks: hooks)
      try finish(result)
    }
  }

  private func finish(_ result: Experiment.Result) throws {
    let folder = FileSystem.displayed(result.output)
    if result.reason == .interrupted {
      let given = overrides.map { " --set \(shellQuoted($0))" }.joined()
      let line = "seqtool fit \(shellQuoted(config))\(given) --resume"
      Terminal.error.line("stopped; a checkpoint is in \(folder). Continue with: \(line)")
      throw ExitCode(Interruption.exitStatus)
    }
    tell(result.output)
    if let part = result.evaluations.last {
      if let warning = part.evaluation.baselineWarning(on: "\(part.name) data") { warn(warning) }
      try Terminal.output.write(ScoreSummary(part.evaluation).text(title: part.name))
    }
  }
}
