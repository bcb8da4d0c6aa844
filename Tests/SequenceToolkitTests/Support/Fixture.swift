import SeqTestSupport
import SequenceToolkit

/// Fits in this process.
enum Fixture {
  /// Fits the `config.json` of a workspace.
  @discardableResult
  static func fit(
    _ workspace: Workspace, _ config: String = "config.json", _ overrides: [String] = [], resume: Bool = false,
    hooks: Experiment.Hooks = .init()
  ) throws -> Experiment.Result {
    let config = try ExperimentConfig(contentsOf: workspace.path + "/" + config, overrides: overrides)
    return try Experiment(config).fit(resume: resume, hooks: hooks)
  }

  private static func learned(_ workspace: Workspace) throws -> Workspace {
    try fit(workspace, "config.json", ["training.epochs=12"])
    return workspace
  }

  private static let classifierFolder = Result { try learned(.classification(texts: 160)) }
  private static let taggerFolder = Result { try learned(.tagging()) }

  /// A workspace with a fitted classifier in `model`.
  static func classifier() throws -> Workspace { try classifierFolder.get() }
  /// A workspace with a fitted tagger in `model`.
  static func tagger() throws -> Workspace { try taggerFolder.get() }
}
