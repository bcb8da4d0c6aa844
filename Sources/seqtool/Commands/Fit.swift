import ArgumentParser
import SeqCore
import SequenceToolkit

struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit a model as a config says, and score it on its test data.",
    discussion: """
      The first INT (Ctrl-C), TERM or HUP saves a checkpoint and stops;
      --resume goes on from there, and the model comes out the same, bit for
      bit, as if it had not stopped.

      EXAMPLES
        seqtool fit examples/names.json
        seqtool fit examples/names.json --set training.epochs=5
        seqtool fit examples/names.json --resume
      """)

  @Argument(help: "The config: a .json or .plist file.", completion: .file(extensions: ["json", "plist"]))
  var config: String

  @Option(name: .customLong("set"), help: ArgumentHelp("Override a value of the config.", valueName: "path=value"))
  var overrides: [String] = []

  @Flag(help: "Go on with an interrupted fit of this config.")
  var resume = false

  @Flag(name: .shortAndLong, help: "Tell nothing but warnings, errors and the final scores.")
  var quiet = false

  func run() throws {
    try reporting {
      Interruption.clearsAway()
      let config = try ExperimentConfig(contentsOf: config, overrides: overrides)
      var progress = FitProgress(isQuiet: quiet)
      var hooks = Experiment.Hooks()
      hooks.onEvent = { event in
        // Before the first batch there is nothing to save, and a signal ends the process at once.
        if case .started = event { Interruption.isAwaited() }
        progress.show(event)
      }
      hooks.shouldStop = { Interruption.isRequested }
      hooks.warn = warn
      if !quiet { hooks.inform = { Terminal.error.line($0) } }
      let result = try Experiment(config).fit(resume: resume, hooks: hooks)
      try finish(result)
    }
  }

  private func finish(_ result: Experiment.Result) throws {
    let folder = FileSystem.displayed(result.output)
    if result.reason == .interrupted {
      let given = overrides.map { " --set '\($0)'" }.joined()
      Terminal.error.line("stopped; a checkpoint is in \(folder). Go on with: seqtool fit \(config)\(given) --resume")
      throw ExitCode(Interruption.exitStatus)
    }
    do { try LatestModel.record(result.output) } catch { warn("\(error)") }
    if !quiet { Terminal.error.line("the model is in \(folder)") }
    if let part = result.evaluations.last {
      try Terminal.output.write(ScoreSummary(part.evaluation).text(title: part.name))
    }
  }
}
