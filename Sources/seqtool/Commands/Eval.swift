import ArgumentParser
import SeqCore
import SequenceToolkit

struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Score a model on labelled data.",
    discussion: """
      EXAMPLES
        seqtool eval                               the model of this folder
        seqtool eval dev.csv --model models/names  another model, on another file
        seqtool eval other.jsonl --text body       a file with other column names
        seqtool eval --json | jq .accuracy
        seqtool eval -m a -m b -m c                several models together
        seqtool eval --beam 1                      a transducer, with greedy search
      """)

  @Argument(
    help: "A labelled file, in the format of its name, or else of the model's data; by default the model's test file.",
    completion: .file())
  var file: String?

  @OptionGroup var options: ModelOptions

  @OptionGroup var files: FileArguments

  @Flag(help: "Print one JSON object whose keys are the names of the scores.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "For transducers: unfinished texts to keep in the beam; by default as the model's config says.", valueName: "n"))
  var beam: Int?

  func validate() throws {
    if let beam, !(1...100).contains(beam) { throw ValidationError("--beam: expected 1 to 100, found \(beam)") }
  }

  func run() throws {
    try reporting {
      let evaluation = try evaluation()
      if let warning = evaluation.baselineWarning(on: "this data") { warn(warning) }
      try Terminal.output.write(json ? evaluation.json() + "\n" : EvaluationReport(evaluation).text)
    }
  }
}

extension Eval {
  private func evaluation() throws -> Evaluation {
    let isWriting = try Model.task(of: options.path()).rewritesTexts
    if beam != nil, !isWriting {
      throw SeqError.usage("--beam only applies to transducers", remedy: "leave it out")
    }
    if isWriting {
      let model = try options.loadTransducer()
      let config = try ExperimentConfig(of: model.config)
      return try score(config) { reading, progress throws(SeqError) in
        try model.evaluate(file, config, reading: reading, beam: beam, progress: progress)
      }
    }
    let model = try options.loadForScoring()
    return try score(model.config) { reading, progress throws(SeqError) in
      try model.evaluate(file, reading: reading, progress: progress)
    }
  }

  /// Scores a model, and reports which model and which file.
  private func score(
    _ config: ExperimentConfig,
    _ evaluate: (ReadingOptions, @escaping @Sendable (Int, Int) -> Void) throws(SeqError) -> Evaluation
  ) throws -> Evaluation {
    let path = file ?? config.data.test ?? config.data.train
    let progress = RecordProgress(path, isQuiet: options.quiet, writesResults: false)
    let reading = try files.answered(file, of: config)
    let evaluation = try progress.watching { () throws(SeqError) in try evaluate(reading, progress.bar.draw) }
    let part = file == nil && config.data.test == nil ? "the test part of " : ""
    progress.tell(
      model: try options.name(), file: part + (path == "-" ? "standard input" : FileSystem.displayed(path)),
      count: evaluation.sequences)
    return evaluation
  }
}

/// Which model a command uses.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The model's folder, or a folder with a config.json or model in it; by default the nearest: see "
        + "docs/reference/which-model.md. Several models answer with the mean of their probabilities, or of their CRF "
        + "scores.",
      valueName: "dir"), completion: .directory)
  var model: [String] = []

  @Option(
    help: ArgumentHelp(
      "Number of threads; by default one per processor. The result does not depend on it.", valueName: "n"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print only warnings and errors to standard error.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads: expected 1 to 256, found \(threads)")
    }
  }

  /// The model that a command uses, or the first of several, and why it was chosen.
  func chosen() throws(SeqError) -> ChosenModel {
    if let name = model.first { return ChosenModel(named: name) }
    return try ChosenModel.nearest()
  }

  /// Its folder.
  func path() throws(SeqError) -> String { try chosen().path }

  /// The models' names in messages.
  func name() throws -> String {
    try model.isEmpty ? FileSystem.displayed(LatestModel.path()) : model.joined(separator: ", ")
  }

  /// Loads one or several models that give probabilities of labels.
  func load() throws -> Model { try Model(ensemble: paths(), threads: threads) }

  /// The same with what was fitted beside the network.
  func loadForScoring() throws -> ModelScoring { try ModelScoring(ensemble: paths(), threads: threads) }

  private func paths() throws -> [String] {
    try model.count > 1 ? model.map { ChosenModel(named: $0).path } : [path()]
  }

  /// The only model. - Throws: `.usage` if there are several.
  func loadOne() throws -> Model {
    try checkAlone()
    return try Model(contentsOf: path(), threads: threads)
  }

  private func checkAlone() throws(SeqError) {
    guard model.count > 1 else { return }
    throw .usage("only models that give labels or tags can predict together", remedy: "name one --model")
  }

  func loadTransducer() throws -> TransductionEngine {
    try checkAlone()
    return try TransductionEngine(contentsOf: path(), threads: threads)
  }
}
