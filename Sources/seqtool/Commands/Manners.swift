import SeqCore

/// Advice for command lines in the style of other tools: what to type here instead.
enum Manners {
  /// Other tools' names for each of our commands.
  private static let synonyms: [String: [String]] = [
    "fit": ["train", "learn", "finetune", "fine-tune"],
    "tag": ["predict", "classify", "label", "infer", "inference", "annotate", "apply", "run"],
    "eval": ["evaluate", "test", "score", "validate"],
    "transduce": ["translate", "transform", "decode"],
    "generate": ["sample", "write"],
    "init": ["new", "create", "start"],
  ]

  /// What to type instead of a refused command line.
  /// - Returns: nil if it does not look like another tool's.
  static func advice(for arguments: [String], commands: [String]) -> SeqError? {
    guard let given = arguments.first, !given.hasPrefix("-") else { return nil }
    let rest = Array(arguments.dropFirst())
    if commands.contains(given) {
      let (line, foreign) = translated(rest, of: given)
      guard !foreign.isEmpty else { return nil }
      return .usage(
        "seqtool \(given) has no \(foreign.count == 1 ? "option" : "options") \(foreign.joined(separator: ", "))",
        remedy: line)
    }
    let message = "seqtool has no command \"\(given)\""
    if let command = synonyms.first(where: { $0.value.contains(given.lowercased()) })?.key {
      return .usage(message, remedy: translated(rest, of: command).line)
    }
    guard let near = suggestion(for: given, among: commands) else { return nil }
    return .usage("\(message) — did you mean \"\(near)\"?", remedy: translated(rest, of: near).line)
  }

  /// The arguments of a command, with our options instead of other tools'.
  private static func translated(_ arguments: [String], of command: String) -> (line: String, foreign: [String]) {
    var (words, foreign, file): ([String], [String], String?) = ([], [], nil)
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      guard argument.hasPrefix("-"), let option = ForeignOption.known(parts[0], of: command) else {
        words.append(argument)
        continue
      }
      foreign.append(parts[0])
      var value = parts.count > 1 ? parts[1] : nil
      if option.takesValue, value == nil, rest.first?.hasPrefix("-") == false { value = rest.popFirst() }
      if option.isOutput { file = value ?? "FILE" } else { words += option.words(value) }
    }
    return (line(command, words) + (file.map { " > " + shellQuoted($0) } ?? ""), foreign)
  }

  private static func line(_ command: String, _ words: [String]) -> String {
    var words = words
    if command == "fit", !words.contains(where: { $0.hasSuffix(".json") || $0.hasSuffix(".plist") }) {
      words.insert("config.json", at: 0)
    }
    // A text was given instead of a file.
    if ["tag", "transduce"].contains(command), let i = words.firstIndex(where: { $0.contains(" ") }) {
      return "echo \(shellQuoted(words.remove(at: i))) | " + line(command, words)
    }
    return (["seqtool", command] + words.map(shellQuoted)).joined(separator: " ")
  }
}

/// An option of other tools that our command does not have.
private struct ForeignOption {
  let names: [String]
  var takesValue = true
  /// Whether it names a file for the results; here, results go to standard output.
  var isOutput = false
  /// What to type here.
  let words: (String?) -> [String]

  private init(
    _ names: [String], takesValue: Bool = true, isOutput: Bool = false, words: @escaping (String?) -> [String]
  ) {
    (self.names, self.takesValue, self.isOutput, self.words) = (names, takesValue, isOutput, words)
  }

  static func known(_ name: String, of command: String) -> ForeignOption? {
    let name = name.replacing("_", with: "-")
    let options =
      command == "fit" ? settings : command == "generate" ? generating : command == "tag" ? tagging + files : files
    guard ["fit", "tag", "eval", "transduce", "generate"].contains(command) else { return nil }
    return options.first { $0.names.contains(name) }
  }

  /// A value of the config.
  private static func setting(_ path: String, _ names: String...) -> ForeignOption {
    ForeignOption(names) { ["--set", "\(path)=\($0 ?? "VALUE")"] }
  }

  private static func renamed(_ ours: String, _ names: String...) -> ForeignOption {
    ForeignOption(names) { [ours, $0 ?? "VALUE"] }
  }

  private static var settings: [ForeignOption] {
    [
      setting("training.epochs", "--epochs", "--epoch", "--num-epochs", "--max-epochs", "--n-epochs", "-e"),
      setting("training.optimizer.learningRate", "--lr", "--learning-rate"),
      setting("training.optimizer.kind", "--optimizer"),
      setting("training.batch.sequences", "--batch-size", "--bs", "--batch", "-b"),
      setting("training.seed", "--seed"),
      setting("output", "--output", "-o", "--output-dir", "--out", "--model", "-m", "--model-dir", "--save"),
      setting("model.hidden", "--hidden", "--hidden-size", "--hidden-dim"),
      setting("model.layers", "--layers", "--num-layers", "--n-layers"),
      setting("model.embedding", "--embedding", "--embedding-dim", "--embedding-size"),
      setting("model.dropout", "--dropout"), setting("model.cell", "--cell"), setting("task", "--task"),
      setting("data.train", "--train", "--data", "--input", "-i", "--train-file"),
      setting("data.dev", "--dev", "--valid", "--validation", "--dev-file"),
      setting("data.test", "--test", "--test-file"),
      ForeignOption(["--config", "-c"]) { [$0 ?? "config.json"] },
    ]
  }

  private static var tagging: [ForeignOption] {
    [
      ForeignOption(["--proba", "--probs", "--prob", "--scores"], takesValue: false) { _ in ["--probabilities"] },
      renamed("--top", "--topk", "--top-k", "-k"),
      ForeignOption(["--json", "--jsonl"], takesValue: false) { _ in ["--to", "jsonl"] },
    ]
  }

  private static var files: [ForeignOption] {
    [
      ForeignOption(["--input", "-i", "--file", "-f", "--data", "--test-file", "--input-file"]) { [$0 ?? "FILE"] },
      ForeignOption(["--output", "-o", "--output-file", "--out"], isOutput: true) { _ in [] },
      renamed("--from", "--input-format"), renamed("--to", "--output-format"),
      renamed("--model", "--model-path", "--model-dir", "--checkpoint", "--load"),
      ForeignOption(["--batch-size", "--bs"]) { _ in [] },
    ]
  }

  private static var generating: [ForeignOption] {
    [
      renamed("--count", "-n", "--num", "--number", "--samples"), renamed("--temperature", "--temp", "-t"),
      renamed("--max-length", "--length", "--max-tokens"),
      renamed("--model", "--model-path", "--model-dir", "--checkpoint", "--load"),
      ForeignOption(["--output", "-o", "--out"], isOutput: true) { _ in [] },
    ]
  }
}
