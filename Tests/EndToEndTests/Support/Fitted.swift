import SeqTestSupport

/// Models that are fitted once, for the tests that only read them: each in the folder `model` of its workspace.
enum Fitted {
  static func classifier() throws -> Workspace { try fittedClassifier.get() }
  static func tagger() throws -> Workspace { try fittedTagger.get() }

  private static let fittedClassifier = Result { try fit(.classification(texts: 160)) }
  private static let fittedTagger = Result { try fit(.tagging()) }

  private static func fit(_ workspace: Workspace) throws -> Workspace {
    let result = try workspace.seqtool("fit", "config.json", "--set", "training.epochs=12")
    guard result.status == 0 else { throw Unexpected(result.stderr) }
    return workspace
  }
}
