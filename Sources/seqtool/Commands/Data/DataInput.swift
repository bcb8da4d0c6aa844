public import ArgumentParser
import SeqConfig
import SeqCore
public import SeqData
import SeqInspect
public import SeqText
import SequenceToolkit

extension TokenizerSettings.Kind: ExpressibleByArgument {}

/// How files of examples are read, with the names that a config has for it.
struct ReadingArguments: ParsableArguments {
  @Option(help: "The layout, by default told by the file's name.")
  var format: DataFormat?

  @Option(help: "How characters are written as bytes, by default utf-8.")
  var encoding: TextEncoding?

  @Flag(help: "csv and tsv: the first row is data, not names.")
  var noHeader = false

  @Flag(help: "csv and tsv: a quote mark is an ordinary character.")
  var noQuoting = false

  @Option(help: ArgumentHelp("The column of the text, by name or position from 0.", valueName: "column"))
  var text: String?

  @Option(help: ArgumentHelp("The column of the label.", valueName: "column"))
  var label: String?

  @Option(help: ArgumentHelp("The column of the token.", valueName: "column"))
  var token: String?

  @Option(help: ArgumentHelp("The column of the tag; negative positions count from the end.", valueName: "column"))
  var tag: String?

  /// Whether any of them was given.
  var isUsed: Bool {
    format != nil || encoding != nil || noHeader || noQuoting || [text, label, token, tag].contains { $0 != nil }
  }

  var options: ReadingOptions {
    ReadingOptions(
      format: format, encoding: encoding ?? .utf8, header: !noHeader, quoting: !noQuoting,
      columns: ColumnNames(
        text: text.map(Self.column), label: label.map(Self.column), token: token.map(Self.column),
        tag: tag.map(Self.column)))
  }

  /// A position if it is a number, else a name.
  static func column(_ text: String) -> ColumnReference { Int(text).map { .index($0) } ?? .name(text) }
}

/// What kind of answer the records have.
enum DataTask: String, ExpressibleByArgument, CaseIterable {
  case classification, tagging, none

  var wanted: Wanted {
    switch self {
    case .classification: .label
    case .tagging: .tags
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

  @Option(help: "What a record has: a label, a tag for each token, or none; by default as the format has it.")
  var task: DataTask?

  @Option(help: "What a token is for lengths and vocabularies; by default word, for tagging what the file has.")
  var tokens: TokenizerSettings.Kind?

  @OptionGroup(title: "READING") var reading: ReadingArguments

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Override a value of the config.", valueName: "path=value"))
  var overrides: [String] = []

  /// The parts, with how they are read.
  func data() throws(SeqError) -> InspectedData {
    if files.count == 1, train == nil, dev == nil, test == nil, Self.isConfig(files[0]) { return try configured() }
    if !overrides.isEmpty { throw .usage("--set goes with a config", remedy: "use --format, --text and the like") }
    let parts = try parts()
    guard let first = parts.first else {
      throw .usage("no data was named", remedy: "try a config, a file, or --train, --dev and --test")
    }
    return try Self.data(of: parts, first, reading, task, tokens)
  }

  /// Parts that flags say how to read.
  static func data(
    of parts: [InspectedData.Part], _ first: InspectedData.Part, _ reading: ReadingArguments, _ task: DataTask?,
    _ tokens: TokenizerSettings.Kind? = nil
  ) throws(SeqError) -> InspectedData {
    var data = try InspectedData(parts: parts, reading: reading.options, wanted: .text, tokenizer: .init())
    let task = task ?? Self.task(of: data.reading, path: first.path)
    data.wanted = task.wanted
    let kind = tokens ?? (task == .tagging ? .whitespace : .word)
    data.tokenizer = try Tokenizer(TokenizerSettings(kind: kind))
    return data
  }

  private static func isConfig(_ path: String) -> Bool { path.hasSuffix(".json") || path.hasSuffix(".plist") }

  private func configured() throws(SeqError) -> InspectedData {
    if reading.isUsed || task != nil || tokens != nil {
      throw .usage("a config tells by itself how its data is read", remedy: "use --set data.format=… and the like")
    }
    let config = try ExperimentConfig(contentsOf: files[0], overrides: overrides)
    let paths = [("train", config.data.train), ("dev", config.data.dev), ("test", config.data.test)]
    return try InspectedData(
      parts: paths.compactMap { name, path in path.map { .init(name: name, path: $0) } }, reading: config.data.reading,
      wanted: config.task == .tagging ? .tags : .label, tokenizer: config.tokenizer)
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

  /// What the records of a format usually have.
  private static func task(of reading: ReadingOptions, path: String) -> DataTask {
    guard let format = reading.format else { return .none }
    if format == .parallel {
      let hasTags = [".gz", ""].contains { FileSystem.exists(path + "/seq.out" + $0) } || reading.columns.tag != nil
      return hasTags && reading.columns.label == nil ? .tagging : .classification
    }
    if format.provides.contains(.label) { return .classification }
    return format.provides.contains(.tags) ? .tagging : .none
  }
}
