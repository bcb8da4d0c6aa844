import SeqTestSupport
import Testing

/// `baseline`: what stands beside the network's scores.
struct BaselineTests {
  @Test(arguments: [false, true]) func itsScoresStandBesideTheNetworks(isTagging: Bool) throws {
    let workspace = try isTagging ? Workspace.tagging() : Workspace.classification()
    let fit = try workspace.seqtool("fit", "config.json", "--set", "baseline=true", "--set", "training.epochs=1")
    #expect(fit.status == 0, "\(fit.stderr)")
    #expect(fit.stderr.contains("baseline: dev \(isTagging ? "f1" : "accuracy") "))
    #expect(fit.stdout.hasPrefix("test"))
    #expect(fit.stdout.split(separator: "\n")[0].split(separator: " ") == ["test", "network", "linear", "majority"])
    let metrics = try object(workspace.text("model/metrics.json"))
    let test = try #require((metrics["baseline"] as? [String: Any])?["test"] as? [String: [String: Double]])
    let linear = try #require(test["linear"]?["accuracy"])
    let majority = try #require(test["majority"]?["accuracy"])
    #expect(linear > majority && linear > 0.8)
    let card = try workspace.text("model/README.md")
    #expect(card.contains("of a linear model |") && card.contains("of the most frequent class |"))

    // What eval says needs no training data.
    for part in ["train", "dev"] {
      for ending in ["csv", "conll"] where workspace.exists("\(part).\(ending)") {
        try workspace.remove("\(part).\(ending)")
      }
    }
    let eval = try object(workspace.seqtool("eval", "--json").stdout)
    let scores = try #require(eval["baseline"] as? [String: [String: Double]])
    #expect(scores["linear"] == test["linear"] && scores["majority"] == test["majority"])
    #expect(eval["accuracy"] is Double)
  }

  @Test func aNetworkThatIsNoBetterIsWarnedOf() throws {
    let workspace = try Workspace.classification()
    let overrides = ["baseline={}", "training.epochs=1", "training.optimizer.learningRate=0.0000001"]
    let fit = try workspace.start(["fit", "-q", "config.json"] + overrides.flatMap { ["--set", $0] }).finish()
    #expect(fit.stderr.contains("warning: a linear model beats the network on test data: accuracy "))
    #expect(try workspace.seqtool("eval").stderr.contains("a linear model beats the network on this data"))
  }

  @Test func aDamagedOneIsReported() throws {
    let workspace = try Workspace.classification()
    try workspace.seqtool("fit", "-q", "config.json", "--set", "baseline=true", "--set", "training.epochs=1")
    try workspace.write("seqtool baseline 1\n", to: "model/baseline.bin")
    expectErrors(
      try workspace.seqtool("eval", "-m", "model"), 65,
      ["model/baseline.bin: is not a baseline of seqtool, or is damaged (fit the model again)"])
    #expect(try workspace.seqtool("tag", stdin: "good\n").status == 0, "it is for scores alone")
  }

  @Test func itsKeysAreChecked() throws {
    let workspace = try Workspace.tagging()
    let setting = "baseline={\"ngrams\": 3, \"epochs\": 0, \"naiveBayes\": 2, \"cost\": 0}"
    expectErrors(
      try workspace.seqtool("fit", "config.json", "--set", setting), 65,
      [
        "--set \(setting): baseline.epochs: expected an integer from 1 to 1000, found 0",
        "--set \(setting): baseline.naiveBayes: expected a number from 0 to 1, found 2",
        "--set \(setting): baseline.cost: expected a number from 0.0001 to 10000, found 0",
        "--set \(setting): baseline.ngrams: only applies to labels of whole texts: a tagger reads a window of tokens "
          + "(leave it out)",
      ])
  }
}
