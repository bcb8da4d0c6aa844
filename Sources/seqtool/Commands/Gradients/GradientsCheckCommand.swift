import ArgumentParser
import SeqCore
import SeqDiagnostics
import SequenceToolkit

struct GradientsCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare the network's gradient with finite differences, parameter by parameter.",
    discussion: """
      It runs the config's network over a few training sequences, with the
      initial weights and without dropout. It compares the gradient with central
      differences of the loss of a second implementation, which is slow, works in
      double precision and shares no code with the first.
      Exit status: 0 if every relative error is below the limit, else 1.

      EXAMPLES
        seqtool gradients check examples/names.json
        seqtool gradients check config.json --set model.cell=gru --samples 0
      """)

  @Argument(help: "The config: a .json or .plist file.", completion: .file(extensions: ["json", "plist"]))
  var config: String

  @Option(name: .customLong("set"), help: ArgumentHelp("Override a value of the config.", valueName: "path=value"))
  var overrides: [String] = []

  @Option(help: ArgumentHelp("Elements to compare of each parameter, drawn by the seed; 0 for all.", valueName: "n"))
  var samples = 32

  @Option(help: ArgumentHelp("How many of the first training sequences to use.", valueName: "n"))
  var sequences = 3

  @Option(help: ArgumentHelp("Most tokens to use of a sequence.", valueName: "n"))
  var length = 6

  @Option(help: ArgumentHelp("The largest relative error that passes.", valueName: "x"))
  var limit = 1e-4

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if samples < 0 { throw ValidationError("--samples: expected 0 or more, found \(samples)") }
    if sequences < 1 { throw ValidationError("--sequences: expected 1 or more, found \(sequences)") }
    if length < 1 { throw ValidationError("--length: expected 1 or more, found \(length)") }
    if !(limit > 0) { throw ValidationError("--limit: expected a number above 0, found \(limit)") }
  }

  func run() throws {
    var status: Int32 = 0
    try reporting {
      let config = try ExperimentConfig(contentsOf: config, overrides: overrides)
      var settings = GradientCheck.Settings()
      (settings.samples, settings.sequences, settings.length) = (samples == 0 ? nil : samples, sequences, length)
      settings.limit = limit
      let isLive = Terminal.error.isInteractive
      let check = try GradientCheck(config, settings: settings) { done, count, name in
        if isLive { try? Terminal.error.write("\r\u{1B}[K\(ProgressBar.text(done, of: count)) \(name)") }
      }
      if isLive { try? Terminal.error.write("\r\u{1B}[K") }
      try Terminal.output.write(json ? check.json() + "\n" : check.text)
      status = check.passes ? 0 : 1
    }
    if status != 0 { throw ExitCode(status) }
  }
}

struct GradientsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradients",
    abstract: "Look at a network's gradient: is it right, and how far back does it reach?",
    subcommands: [GradientsCheckCommand.self, GradientsTraceCommand.self])
}
