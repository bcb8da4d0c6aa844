import ArgumentParser
import SequenceToolkit

struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Score a model on labelled data.",
    discussion: """
      EXAMPLES
        seqtool eval                               the model fitted last
        seqtool eval dev.csv --model models/names  another, on another file
        seqtool eval --json | jq .accuracy
      """)

  @Argument(help: "A labelled file, read as the model's own data was; by default its test file.", completion: .file())
  var file: String?

  @OptionGroup var options: ModelOptions

  @Flag(help: "Print one JSON object whose keys are the names of the scores.")
  var json = false

  func run() throws {
    try reporting {
      let evaluation = try options.load().evaluate(file)
      try Terminal.output.write(json ? evaluation.json() + "\n" : EvaluationReport(evaluation).text)
    }
  }
}

/// Which model a command uses.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The model's folder; by default the model fitted last.", valueName: "dir"),
    completion: .directory)
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Threads, by default as many as there are processors; the result does not depend on it.", valueName: "n"))
  var threads: Int?

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads: expected 1 to 256, found \(threads)")
    }
  }

  func load() throws -> Model { try Model(contentsOf: model ?? LatestModel.path(), threads: threads) }
}
