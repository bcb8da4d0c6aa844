import ArgumentParser
import SeqCore
import SeqDiagnostics
import SequenceToolkit

struct GradientsTraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show how far back in time a network's gradient reaches, and what its gates do.",
    discussion: """
      SUBJECT is a config, whose network is trained for some steps first, or
      the folder of a fitted model. The gradient is that of the loss at the last
      step. Its length at earlier steps shows how much the network can learn from
      them.

      EXAMPLES
        seqtool gradients trace examples/recall.json --set model.cell=elman
        seqtool gradients trace models/recall --svg trace.svg
      """)

  @Argument(help: "A config, or the folder of a model; by default the nearest model.", completion: .file())
  var subject: String?

  @Option(name: .customLong("set"), help: ArgumentHelp("Override a value of the config.", valueName: "path=value"))
  var overrides: [String] = []

  @Option(
    help: ArgumentHelp("Training steps before the trace, for a config; 0 for the initial weights.", valueName: "n"))
  var steps = 100

  @Option(help: ArgumentHelp("How many of the longest training sequences to trace.", valueName: "n"))
  var sequences = 64

  @Option(help: ArgumentHelp("Most tokens to use of a sequence, from its start.", valueName: "n"))
  var length = 400

  @Option(help: ArgumentHelp("Write a picture (SVG); - for standard output.", valueName: "file"), completion: .file())
  var svg: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if steps < 0 { throw ValidationError("--steps: expected 0 or more, found \(steps)") }
    if sequences < 1 { throw ValidationError("--sequences: expected 1 or more, found \(sequences)") }
    if length < 2 { throw ValidationError("--length: expected 2 or more, found \(length)") }
  }

  func run() throws {
    try reporting {
      var settings = GradientTracer.Settings()
      (settings.steps, settings.sequences, settings.length) = (steps, sequences, length)
      let subject = try subject ?? LatestModel.path()
      if !overrides.isEmpty, FileSystem.isFolder(FileSystem.present(subject)) {
        throw SeqError.usage(
          "--set only applies to a config; \(subject) is a fitted model", remedy: "name the config instead")
      }
      let trace = try GradientTracer(subject, overrides: overrides, settings: settings).trace()
      if let svg {
        if svg == "-" { return try Terminal.output.write(trace.svg) }
        try FileSystem.write(trace.svg, to: svg)
        Terminal.error.line("wrote \(svg)")
      }
      try Terminal.output.write(json ? trace.json() + "\n" : trace.text)
    }
  }
}
