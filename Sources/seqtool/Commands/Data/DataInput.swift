import ArgumentParser
import SeqConfig
import SeqCore
import SeqInspect
import SequenceToolkit

/// The files that a command inspects together: those of a config, or files that the user names.
struct DataInput: ParsableArguments {
  @Argument(
    help: "A config (.json, .plist), or files. The names of several files must show which is train, dev and test.",
    completion: .file())
  var files: [String] = []

  @Option(help: ArgumentHelp("The training data.", valueName: "file"), completion: .file())
  var train: String?

  @Option(help: ArgumentHelp("The data that decides which epoch is best.", valueName: "file"), completion: .file())
  var dev: String?

  @Option(help: ArgumentHelp("The data for the final scores.", valueName: "file"), completion: .file())
  var test: String?

  @OptionGroup var records: RecordArguments

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Override a value of the config.", valueName: "path=value"))
  var overrides: [String] = []

  /// The parts, with how they are read.
  func data() throws(SeqError) -> InspectedData {
    if files.count == 1, train == nil, dev == nil, test == nil, Self.isConfig(files[0]) { return try configured() }
    if !overrides.isEmpty {
      throw .usage(
        "--set only applies to a config",
        remedy: "use --format, --text and the like")
    }
    let parts = try parts()
    guard !parts.isEmpty else {
      throw .usage("no data was named", remedy: "try a config, a file, or --train, --dev and --test")
    }
    return try records.data(of: parts)
  }

  private static func isConfig(_ path: String) -> Bool {
    path.hasSuffix(".plist") || path.hasSuffix(".json") && !DataFormat.holdsRecords(path)
  }

  private func configured() throws(SeqError) -> InspectedData {
    if records.isUsed {
      throw .usage("a config already says how to read its data", remedy: "use --set data.format=… and the like")
    }
    let config = try ExperimentConfig(contentsOf: files[0], overrides: overrides)
    let paths = [("train", config.data.train), ("dev", config.data.dev), ("test", config.data.test)]
    var data = try InspectedData(
      parts: paths.compactMap { name, path in path.map { .init(name: name, path: $0) } }, reading: config.data.reading,
      wanted: config.data.wanted == .tagsAndLabel ? .tags : config.data.wanted, tokenizer: config.tokenizer)
    data.vectors = config.model.features.compactMap(\.vectors)
    return data
  }

  private func parts() throws(SeqError) -> [InspectedData.Part] {
    var paths: [String: String] = [:]
    paths["train"] = train
    paths["dev"] = dev
    paths["test"] = test
    for file in files {
      let name = files.count == 1 && paths.isEmpty ? "train" : try Self.role(of: file)
      if let other = paths[name] {
        throw .usage("both \(other) and \(file) look like the \(name) part", remedy: "use --train, --dev and --test")
      }
      paths[name] = file
    }
    return ["train", "dev", "test"].compactMap { name in paths[name].map { .init(name: name, path: $0) } }
  }

  /// The part that the name of a file or of its folder shows.
  private static func role(of path: String) throws(SeqError) -> String {
    let marks = [("train", "train"), ("dev", "dev"), ("valid", "dev"), ("test", "test")]
    for piece in path.lowercased().split(separator: "/").reversed() {
      if let found = marks.first(where: { piece.contains($0.0) }) { return found.1 }
    }
    throw .usage("which part is \(path)?", remedy: "use --train, --dev and --test")
  }
}
