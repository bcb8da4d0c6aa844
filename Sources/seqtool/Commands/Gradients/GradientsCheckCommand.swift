import ArgumentParser
import SeqCore
import SeqDiagnostics
import SequenceToolkit

struct GradientsCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare the written-out gradient with finite differences, parameter by parameter.",
    discussion: """
      The network of the config is run over a few of its training sequences
      with the weights that a fit starts from, without dropout. Its gradient
      is compared with central differences of the loss of a second
      implementation, slow, in double precision and without any code in common.
      Exit status: 0 if every relative error is below the limit, else 1.

      EXAMPLES
        seqtool gradients check examples/names.json
        seqtool gradients check config.json --set model.cell=gru --samples 0
      """)

  @Argument(help: "The config: a .json or .plist file.", completion: .file(extensions: ["json", "plist"]))
  var config: String

  @Option(name: .customLong("set"), help: ArgumentHelp("Override a value of the config.", valueName: "path=value"))
  var overrides: [String] = []

  @Option(help: ArgumentHelp("Elements of a parameter that are compared, drawn by seed; 0 for all.", valueName: "n"))
  var samples = 32

  @Option(help: ArgumentHelp("Training sequences that are used, the first ones.", valueName: "n"))
  var sequences = 3

  @Option(help: ArgumentHelp("Tokens of a sequence that are used at most.", valueName: "n"))
  var length = 6

  @Option(help: ArgumentHelp("The greatest relative error that passes.", valueName: "x"))
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
