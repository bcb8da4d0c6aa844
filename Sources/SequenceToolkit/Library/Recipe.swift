import SeqConfig
import SeqCore
import SeqData
import SeqRecipes

/// The settings that a model is fitted with: those that `seqtool init` would choose, or your own.
///
///     var recipe = Recipe.words
///     recipe.adjust = { config in
///       config.training.epochs = 5
///       config.training.seed = 2
///     }
public struct Recipe: Sendable {
  /// Chosen from the examples: their number, their length and their script.
  public static let automatic = Recipe(.automatic)
  /// For texts in a language that puts blanks between words.
  public static let words = Recipe(.words)
  /// For names and other single words.
  public static let characters = Recipe(.characters)
  /// For Chinese texts.
  public static let chinese = Recipe(.chinese)

  /// Changes settings before the fit, with the names that they have in a config file.
  public var adjust: @Sendable (inout ExperimentConfig) -> Void = { _ in }

  private enum Kind: Sendable { case automatic, words, characters, chinese }
  private let kind: Kind

  private init(_ kind: Kind) { self.kind = kind }

  /// The config of a fit on records in memory.
  ///
  /// - Throws: `.data` if settings were adjusted to what no config may have.
  func config(_ task: some TaskDefinition, train: [Record], dev: [Record]) throws(SeqError) -> ExperimentConfig {
    let text = """
      {
        "task": "\(task.name.rawValue)",
        "data": { "train": "\(MemoryData.name)", "format": "jsonl"\(devPath(dev)) },
      \(body(task, train))
        "output": "\(MemoryData.name)"
      }
      """
    var config = try ExperimentConfig(try JSONParser.parse(Array(text.utf8), file: MemoryData.name), folder: "")
    config.data.memory = MemoryData(train: train, dev: dev)
    adjust(&config)
    try config.check()
    return config
  }

  private func devPath(_ dev: [Record]) -> String { dev.isEmpty ? "" : #", "dev": "\#(MemoryData.name)""# }

  private func body(_ task: some TaskDefinition, _ records: [Record]) -> String {
    var counting = ProfileCounting()
    for record in records { counting.add(record) }
    var profile = counting.profile(task.wanted)
    switch kind {
    case .automatic: break
    case .words: (profile.median, profile.hanShare) = (max(3, profile.median), 0)
    case .characters: (profile.median, profile.medianCharacters, profile.hanShare) = (1, 8, 0)
    case .chinese: profile.hanShare = 1
    }
    return task.recipe(profile)
  }
}

/// Records that a fit has without a file.
public struct MemoryData: Sendable, Equatable {
  /// What stands in a config where the name of a file would.
  static let name = "(in memory)"

  let train: [Record]
  let dev: [Record]
}
