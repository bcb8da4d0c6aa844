import SeqTestSupport
import Testing

/// `fit --seeds` and `fit --find-learning-rate`.
struct SeedsTests {
  @Test func eachSeedIsShownAndTheBestIsKept() throws {
    let workspace = try Workspace.classification()
    let fit = try workspace.seqtool("fit", "-q", "config.json", "--seeds", "3", "--set", "training.epochs=2")
    #expect(fit.status == 0, "\(fit.stderr)")
    let lines = fit.stdout.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines[0] == ["seed", "dev", "accuracy", "test", "accuracy", "seconds"])
    #expect(lines[1...3].map { $0[0] } == ["1", "2", "3"])
    #expect(lines[5][0] == "mean" && lines[6][0] == "deviation")
    let kept = try #require(lines[1...3].first { $0.last == "kept" })
    let dev = lines[1...3].compactMap { Double($0[1]) }
    #expect(Double(kept[1]) == dev.max())
    let training = try #require(object(workspace.text("model/config.json"))["training"] as? [String: Any])
    #expect(training["seed"] as? Int == Int(kept[0]))
    #expect(!workspace.files().contains { $0.contains("seed-") }, "nothing else is left")
    #expect(try workspace.seqtool("eval").status == 0)

    let alone = try workspace.seqtool(
      "fit", "-q", "config.json", "--set", "training.epochs=2", "--set", "training.seed=\(kept[0])", "--set",
      "output=alone")
    #expect(alone.status == 0)
    #expect(try workspace.bytes("alone/model.safetensors") == workspace.bytes("model/model.safetensors"))
  }

  @Test func learningRatesAreTriedAndNothingIsKept() throws {
    let workspace = try Workspace.classification()
    let trial = try workspace.seqtool("fit", "config.json", "--find-learning-rate")
    #expect(trial.status == 0, "\(trial.stderr)")
    #expect(trial.stdout.contains("▇") && trial.stdout.contains("suggested: training.optimizer.learningRate=0."))
    #expect(!workspace.exists("model"))
    #expect(try workspace.seqtool("fit", "config.json", "--find-learning-rate").stdout == trial.stdout)
  }

  @Test func whatDoesNotGoTogetherIsRefused() throws {
    let workspace = try Workspace.classification()
    for extra in [["--seeds", "0"], ["--seeds", "2", "--resume"], ["--seeds", "2", "--find-learning-rate"]] {
      #expect(try workspace.start(["fit", "config.json"] + extra).finish().status == 64, "\(extra)")
    }
  }
}
