import ArgumentParser
import SeqConfig
import SeqCore
import SequenceToolkit

struct ConfigExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a key of a config: its range, default, meaning and an example.",
    discussion: """
      Without a key, it lists all keys. With --in, it also prints the value in a
      config and its source: the default, a line of the file, or --set.

      EXAMPLES
        seqtool config explain
        seqtool config explain training.optimizer.learningRate
        seqtool config explain model.hidden --in config.json --set model.cell=gru
      """)

  @Argument(help: "The key, such as model.hidden; a section such as model; or nothing for all keys.")
  var key: String?

  @Option(
    name: .customLong("in"), help: ArgumentHelp("The config whose value to print.", valueName: "config"),
    completion: .file(extensions: ["json", "plist"]))
  var config: String?

  @Option(name: .customLong("set"), help: ArgumentHelp("Override a value of the config.", valueName: "path=value"))
  var overrides: [String] = []

  func validate() throws {
    if config == nil, !overrides.isEmpty {
      throw ValidationError("--set needs --in: name the config whose values it overrides")
    }
  }

  func run() throws {
    try reporting {
      let config = try config.map { try ExperimentConfig(contentsOf: $0, overrides: overrides) }
      guard let key else {
        return try Terminal.output.write(
          ExperimentConfig.allKeys.filter { !$0.isSection }.map { KeyExplanation($0, config).line }.joined())
      }
      let path = Self.general(key)
      guard let found = ExperimentConfig.allKeys.first(where: { $0.path == path }) else { throw Self.unknown(key) }
      let within = ExperimentConfig.allKeys.filter { $0.parent == path || $0.parent == path + "[]" }
      let lines = within.map { "  " + KeyExplanation($0, config).line }
      try Terminal.output.write(
        KeyExplanation(found, config, path: key).text + (lines.isEmpty ? "" : "\n" + lines.joined()))
    }
  }

  /// `model.features[0].size` is explained as `model.features[].size`.
  private static func general(_ key: String) -> String {
    var (path, isWithin) = ("", false)
    for character in key {
      if character == "]" { isWithin = false }
      if !isWithin { path.append(character) }
      if character == "[" { isWithin = true }
    }
    return path
  }

  /// The key nearest the top with a similar name.
  private static func near(_ name: String, among keys: [KeyDescription]) -> String? {
    guard let near = suggestion(for: name, among: keys.map(\.name)) else { return nil }
    return keys.filter { $0.name == near }.min { $0.depth < $1.depth }?.path
  }

  private static func unknown(_ key: String) -> SeqError {
    let all = ExperimentConfig.allKeys
    let name = key.split(separator: ".").last.map(String.init) ?? key
    let named = all.filter { $0.name == name || $0.aliases.contains(name) || $0.formerNames.contains(name) }
      .min { $0.depth < $1.depth }
    let near = named?.path ?? suggestion(for: key, among: all.map(\.path)) ?? near(name, among: all)
    return .usage(
      "there is no key \"\(key.shortened(to: 100))\"" + (near.map { " — did you mean \"\($0)\"?" } ?? ""),
      remedy: "seqtool config explain lists all keys")
  }
}
