import SeqConfig
import SeqCore
import SeqData
import SeqExperiment
import SeqRecipes
import SeqRecords

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
  /// - Throws: `.data` if settings were adjusted to what no config may have, or to another task.
  func config(_ task: some FittedTask, train: [Record], dev: [Record]) throws(SeqError) -> ExperimentConfig {
    let recipe = task.recipe(profile(of: train, task.wanted))
    let text = """
      {
        "task": "\(task.name.rawValue)",
        "data": { \(Self.members(task, train, dev, recipe).joined(separator: ", ")) },
      \(recipe.body)
        "output": "\(MemoryData.name)"
      }
      """
    var config = try ExperimentConfig(try JSONParser.parse(Array(text.utf8), file: MemoryData.name), folder: "")
    adjust(&config)
    guard config.task == task.name else {
      throw .data("a recipe of \(task.name.rawValue) was adjusted to another task", at: .path("task"))
    }
    config.data.memory = MemoryData(train: train, dev: dev)
    return try config.settled()
  }

  /// The members of `data`. What is not there is said, as a file would have it by default.
  private static func members(
    _ task: some FittedTask, _ train: [Record], _ dev: [Record], _ recipe: FitRecipe
  ) -> [String] {
    var members = ["\"train\": \"\(MemoryData.name)\"", "\"format\": \"jsonl\""]
    members.append(dev.isEmpty ? #""split": { "dev": 0, "test": 0 }"# : "\"dev\": \"\(MemoryData.name)\"")
    if task.name.makesTexts, !train.contains(where: { $0.label != nil }) { members.append(#""labels": false"#) }
    return members + recipe.data
  }

  private func profile(of records: [Record], _ wanted: Wanted) -> DataProfile {
    var counting = ProfileCounting()
    for record in records { counting.add(record) }
    var profile = counting.profile(wanted)
    switch kind {
    case .automatic: break
    case .words: (profile.median, profile.hanShare) = (max(3, profile.median), 0)
    case .characters: (profile.median, profile.medianCharacters, profile.hanShare) = (1, 8, 0)
    case .chinese: profile.hanShare = 1
    }
    return profile
  }
}
