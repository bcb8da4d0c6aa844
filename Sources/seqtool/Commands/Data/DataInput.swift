import ArgumentParser
import SeqConfig
import SeqCore
import SeqData
import SeqInspect
import SeqText
import SequenceToolkit

/// A kind of token that needs nothing but its name.
private func tokenKind(_ text: String) throws -> TokenizerSettings.Kind {
  let kind: TokenizerSettings.Kind = try choice(text)
  if kind == .regex || kind.isSubword {
    let what = kind == .regex ? "a pattern" : "a file of pieces"
    throw ValidationError("\(text) needs \(what): name a config whose tokenizer has it")
  }
  return kind
}

/// What kind of answer the records have.
enum DataTask: String, ExpressibleByArgument, CaseIterable {
  case classification, tagging, transduction, none

  init(_ task: SequenceTask) {
    switch task {
    case .classification: self = .classification
    case .tagging: self = .tagging
    case .transduction: self = .transduction
    }
  }

  var wanted: Wanted {
    switch self {
    case .classification: .label
    case .tagging: .tags
    case .transduction: .target
    case .none: .text
    }
  }
}

/// The files that a command looks at together: those of a config, or some that are named.
struct DataInput: ParsableArguments {
  @Argument(
    help: "A config (.json, .plist), or files. The names of several files must tell which is train, dev and test.",
    completion: .file())
  var files: [String] = []

  @Option(help: ArgumentHelp("The data to learn from.", valueName: "file"), completion: .file())
  var train: String?

  @Option(help: ArgumentHelp("The data that tells which epoch is best.", valueName: "file"), completion: .file())
  var dev: String?

  @Option(help: ArgumentHelp("The data of the final scores.", valueName: "file"), completion: .file())
  var test: String?

  @Option(help: "What a record has: a label, a tag for each token, a target, or none; by default as the file has it.")
  var task: DataTask?

  @Option(
    help: ArgumentHelp(
      "What a token is: character, whitespace, word, byte, penn or chinese; by default word, for tagging what there is.",
      valueName: "kind"), transform: tokenKind)
  var tokens: TokenizerSettings.Kind?

  @Option(help: "The layout, by default told by the file's name, or by what a folder holds.")
  var format: DataFormat?

  @OptionGroup(title: "READING") var reading: ReadingArguments

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Override a value of the config.", valueName: "path=value"))
  var overrides: [String] = []

  /// The parts, with how they are read.
  func data() throws(SeqError) -> InspectedData {
    if files.count == 1, train == nil, dev == nil, test == nil, Self.isConfig(files[0]) { return try configured() }
    if !overrides.isEmpty { throw .usage("--set goes with a config", remedy: "use --format, --text and the like") }
    let parts = try parts()
    guard !parts.isEmpty else {
      throw .usage("no data was named", remedy: "try a config, a file, or --train, --dev and --test")
    }
    return try Self.data(of: parts, reading.options(format: format), task, tokens)
  }

  /// Parts that flags say how to read.
  static func data(
    of parts: [InspectedData.Part], _ reading: ReadingOptions, _ task: DataTask?,
    _ tokens: TokenizerSettings.Kind? = nil
  ) throws(SeqError) -> InspectedData {
    var data = try InspectedData(
      parts: parts, reading: reading, wanted: task?.wanted, tokenizer: TokenizerSettings(kind: tokens ?? .word))
    guard data.wanted == .tags else { return data }
    // A text with marked spans is cut as a tagger cuts it.
    let settings = TokenizerSettings(kind: tokens ?? .whitespace)
    data.reading.segmentation = settings
    data.tokenizer = try Tokenizer(settings)
    return data
  }

  private static func isConfig(_ path: String) -> Bool { path.hasSuffix(".json") || path.hasSuffix(".plist") }

  private func configured() throws(SeqError) -> InspectedData {
    if reading.isUsed || format != nil || task != nil || tokens != nil {
      throw .usage("a config tells by itself how its data is read", remedy: "use --set data.format=… and the like")
    }
    let config = try ExperimentConfig(contentsOf: files[0], overrides: overrides)
    let paths = [("train", config.data.train), ("dev", config.data.dev), ("test", config.data.test)]
    return try InspectedData(
      parts: paths.compactMap { name, path in path.map { .init(name: name, path: $0) } }, reading: config.data.reading,
      wanted: DataTask(config.task).wanted, tokenizer: config.tokenizer)
  }

  private func parts() throws(SeqError) -> [InspectedData.Part] {
    var paths: [String: String] = [:]
    paths["train"] = train
    paths["dev"] = dev
    paths["test"] = test
    for file in files {
      guard file != "-" else { throw .usage("standard input cannot be read twice", remedy: "write it to a file first") }
      let name = files.count == 1 && paths.isEmpty ? "train" : try Self.role(of: file)
      if let other = paths[name] {
        throw .usage("both \(other) and \(file) look like the \(name) part", remedy: "use --train, --dev and --test")
      }
      paths[name] = file
    }
    return ["train", "dev", "test"].compactMap { name in paths[name].map { .init(name: name, path: $0) } }
  }

  /// The part that a file's name tells, or that of its folder.
  private static func role(of path: String) throws(SeqError) -> String {
    let marks = [("train", "train"), ("dev", "dev"), ("valid", "dev"), ("test", "test")]
    for piece in path.lowercased().split(separator: "/").reversed() {
      if let found = marks.first(where: { piece.contains($0.0) }) { return found.1 }
    }
    throw .usage("which part is \(path)?", remedy: "use --train, --dev and --test")
  }
}
