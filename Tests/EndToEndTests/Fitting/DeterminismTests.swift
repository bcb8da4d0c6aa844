import SeqTestSupport
import Testing

/// The same seed gives the same bytes.
struct DeterminismTests {
  private static let parts = ["model.safetensors", "metrics.json", "history.csv"]

  private func fit(
    _ workspace: Workspace, into output: String, _ overrides: String..., environment: [String: String] = [:]
  ) throws -> [[UInt8]] {
    let list = (["output=\(output)"] + overrides).flatMap { ["--set", $0] }
    let command = try workspace.start(["fit", "-q", "config.json"] + list, environment: environment)
    let result = try command.finish()
    guard result.status == 0 else { throw Unexpected(result.stderr) }
    return try Self.parts.map { try workspace.bytes(output + "/" + $0) }
  }

  @Test(arguments: [false, true]) func theNumberOfThreadsChangesNothing(isTagging: Bool) throws {
    let workspace = try isTagging ? Workspace.tagging() : Workspace.classification()
    let layers = "model.layers=2"
    let batch = "training.batch={\"sequences\": 48}"
    let one = try fit(workspace, into: "one", layers, batch, "training.threads=1")
    for threads in 2...3 {
      #expect(try fit(workspace, into: "with\(threads)", layers, batch, "training.threads=\(threads)") == one)
    }
  }

  @Test func aLazyOptimizerGivesTheSameBytesOnAnyNumberOfThreads() throws {
    let workspace = try Workspace.classification()
    let lazy = "training.optimizer={\"lazy\": true}"
    let one = try fit(workspace, into: "one", lazy, "training.threads=1")
    #expect(try fit(workspace, into: "three", lazy, "training.threads=3") == one)
    #expect(try fit(workspace, into: "exact")[0] != one[0])
  }

  @Test func oneCPULevelGivesTheSameBytesEveryTime() throws {
    let workspace = try Workspace.classification()
    let generic = ["SEQTOOL_CPU": "generic"]
    #expect(
      try fit(workspace, into: "a", environment: generic)
        == fit(workspace, into: "b", "training.threads=3", environment: generic))
  }

  @Test func aLevelTheCPULacksIsRefused() throws {
    let workspace = try Workspace.classification()
    let result = try workspace.seqtool("fit", "config.json", environment: ["SEQTOOL_CPU": "abacus"])
    #expect(result.status == 64)
    let start = "error: SEQTOOL_CPU: expected a level that this CPU has, found \"abacus\" (one of "
    #expect(result.complaints.count == 1 && result.stderr.hasPrefix(start))
  }

  @Test func anotherSeedGivesAnotherModel() throws {
    let workspace = try Workspace.classification()
    #expect(try fit(workspace, into: "a")[0] != fit(workspace, into: "b", "training.seed=2")[0])
  }
}
