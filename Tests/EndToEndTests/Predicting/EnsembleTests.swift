import SeqTestSupport
import Testing

/// Several models that predict together.
struct EnsembleTests {
  private func fit(_ workspace: Workspace, _ output: String, _ overrides: String...) throws {
    let all = overrides + ["output=\(output)", "training.epochs=2"]
    let result = try workspace.start(["fit", "-q", "config.json"] + all.flatMap { ["--set", $0] }).finish()
    guard result.status == 0 else { throw Unexpected(result.stderr) }
  }

  private func probabilities(_ workspace: Workspace, _ models: [String]) throws -> [Double] {
    try workspace.write("a good day\nbad\n", to: "lines.txt")
    let arguments = ["tag", "lines.txt", "--top", "2", "--format", "jsonl"] + models.flatMap { ["-m", $0] }
    let result = try workspace.start(arguments).finish()
    guard result.status == 0 else { throw Unexpected(result.stderr) }
    return try objects(result.stdout).flatMap { record in
      let labels = try #require(record["probabilities"] as? [String: Double])
      return labels.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  @Test func probabilitiesAreAveragedWhateverTheNetworks() throws {
    let workspace = try Workspace.classification()
    try fit(workspace, "a", "training.seed=1")
    try fit(workspace, "b", "training.seed=2", "model.cell=gru", "model.hidden=5")
    let (a, b) = (try probabilities(workspace, ["a"]), try probabilities(workspace, ["b"]))
    let both = try probabilities(workspace, ["a", "b"])
    for i in both.indices { #expect(abs(both[i] - (a[i] + b[i]) / 2) < 1e-3) }
    #expect(a != b && both != a)
    let eval = try workspace.seqtool("eval", "--json", "-m", "a", "-m", "b")
    #expect(eval.status == 0, "\(eval.stderr)")
    #expect(try object(eval.stdout)["accuracy"] is Double)
  }

  @Test func modelsOfOtherTokensOrLabelsAreRefused() throws {
    let workspace = try Workspace.classification()
    try fit(workspace, "a")
    try fit(workspace, "b", "tokenizer.lowercase=true")
    let result = try workspace.seqtool("eval", "-m", "a", "-m", "b")
    #expect(result.status == 65 && result.stderr.contains("cannot predict together with a: they differ in tokens"))
  }
}
