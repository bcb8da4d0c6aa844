import Foundation
import SeqTestSupport
import Testing

/// `inference.linear`: a linear model whose scores are added to the network's.
struct LinearScoresTests {
  private static let texts = "a lovely coffee\nthe door was awful today\nsomething else\n"

  private static let fitted = Result {
    let workspace = try Workspace.classification()
    try fit(workspace, "config.json")
    return workspace
  }

  private static func fit(_ workspace: Workspace, _ config: String, _ overrides: String...) throws {
    let all = ["baseline=true", "inference.linear=1"] + overrides
    let result = try workspace.start(["fit", "-q", config] + all.flatMap { ["--set", $0] }).finish()
    guard result.status == 0 else { throw Unexpected(result.stderr) }
  }

  /// A copy of the fitted model with another weight of the linear model.
  private func reweighted(_ workspace: Workspace, _ weight: String) throws -> String {
    let config = try workspace.text("model/config.json")
    #expect(config.contains("\"linear\": 1"))
    let name = UUID().uuidString
    try workspace.copy("model", to: name)
    try workspace.write(
      config.replacingOccurrences(of: "\"linear\": 1", with: "\"linear\": \(weight)"), to: name + "/config.json")
    return name
  }

  private static let sentences = "fly to oslo\nfly to new york at noon\n"

  /// The scores of all tokens one after the other.
  private func logits(_ workspace: Workspace, _ model: String, _ texts: String) throws -> [Double] {
    try objects(workspace.seqtool("tag", "-m", model, "--logits", stdin: texts).stdout)
      .flatMap { try #require($0["logits"] as? [[Double]]).flatMap { $0 } }
  }

  private func logits(_ workspace: Workspace, _ model: String) throws -> [[Double]] {
    try objects(workspace.seqtool("tag", "-m", model, "--logits", stdin: Self.texts).stdout)
      .map { try #require($0["logits"] as? [Double]) }
  }

  @Test func itsScoresAreAddedToTheNetworksAsOftenAsTold() throws {
    let workspace = try Self.fitted.get()
    let once = try logits(workspace, "model")
    let network = try logits(workspace, reweighted(workspace, "0"))
    let thrice = try logits(workspace, reweighted(workspace, "3"))
    for i in once.indices {
      for k in once[i].indices {
        let linear = once[i][k] - network[i][k]
        #expect(abs(thrice[i][k] - network[i][k] - 3 * linear) < 1e-4)
      }
      // Of two labels one is as much for it as the other against it.
      #expect(abs(once[i][0] - network[i][0] + once[i][1] - network[i][1]) < 1e-4)
    }
    #expect(once != network)
    let answers = try objects(
      workspace.seqtool("tag", "-m", "model", "--top", "2", "--format", "jsonl", stdin: Self.texts).stdout)
    let labels = try workspace.text("model/vocabulary/labels.txt").split(separator: "\n").map(String.init)
    for (answer, scores) in zip(answers, once) {
      let probabilities = try #require(answer["probabilities"] as? [String: Double])
      let sum = scores.reduce(0) { $0 + exp($1) }
      for (label, score) in zip(labels, scores) {
        #expect(abs(try #require(probabilities[label]) - exp(score) / sum) < 1e-3)
      }
    }
  }

  @Test func severalModelsAddTheMeanOfTheirs() throws {
    let workspace = try Workspace.classification()
    try Self.fit(workspace, "config.json", "output=a")
    try Self.fit(workspace, "config.json", "output=b", "baseline={\"ngrams\": 1}", "training.seed=2")
    func logits(_ models: String...) throws -> [[Double]] {
      let arguments = ["tag", "--logits"] + models.flatMap { ["-m", $0] }
      return try objects(workspace.start(arguments).finish(sending: Self.texts).stdout)
        .map { try #require($0["logits"] as? [Double]) }
    }
    let (a, b) = (try logits("a"), try logits("b"))
    let (ab, ba) = (try logits("a", "b"), try logits("b", "a"))
    for i in a.indices {
      for k in a[i].indices {
        #expect(abs(ab[i][k] - (a[i][k] + b[i][k]) / 2) < 1e-4 && abs(ab[i][k] - ba[i][k]) < 1e-4)
      }
    }
    #expect(a != b)
  }

  @Test func aTextWithoutTokensAndDataOnDiskDoWithout() throws {
    let workspace = try Workspace.classification()
    try workspace.write(workspace.text("test.csv") + "\"\",negative\n", to: "test.csv")
    try Self.fit(workspace, "config.json")
    #expect(
      try workspace.seqtool("tag", stdin: "\ngood\n\n").stdout.split(separator: "\n", omittingEmptySubsequences: false)
        .count == 4)
    #expect(try workspace.seqtool("eval").status == 0)
    let disk = try workspace.seqtool(
      "fit", "config.json", "--set", "baseline=true", "--set", "inference.linear=1", "--set", "data.storage=disk",
      "--set", "output=disk")
    #expect(disk.status == 0)
    #expect(
      disk.stderr.contains("warning: no baseline is fitted, and inference.linear adds nothing: it needs the data"))
    #expect(try workspace.text("disk/config.json").contains("\"linear\": 0"))
    #expect(try workspace.seqtool("tag", "-m", "disk", stdin: "good\n").status == 0)
  }

  @Test func theNetworkAloneStandsBesideTheModel() throws {
    let workspace = try Self.fitted.get()
    let eval = try workspace.seqtool("eval", "-m", "model")
    #expect(
      eval.stdout.split(separator: "\n")[0].split(separator: " ")
        == ["score", "model", "network", "linear", "majority"])
    let scores = try object(workspace.seqtool("eval", "-m", "model", "--json").stdout)
    let metrics = try object(workspace.text("model/metrics.json"))
    let test = try #require(metrics["test"] as? [String: Any])
    let alone = try #require((metrics["network"] as? [String: Any])?["test"] as? [String: Double])
    #expect(scores["loss"] as? Double == test["loss"] as? Double)
    #expect(scores["network"] as? [String: Double] == alone)
    let card = try workspace.text("model/README.md")
    #expect(card.contains("the scores of a linear model, times 1.0, are added"))
    #expect(card.contains("| accuracy of the network alone |"))
    let network = try object(workspace.seqtool("eval", "-m", reweighted(workspace, "0"), "--json").stdout)
    #expect(network["loss"] as? Double == alone["loss"] && network["network"] == nil)
  }

  @Test(arguments: ["softmax", "crf"]) func tagsHaveOneToo(head: String) throws {
    let workspace = try Workspace.tagging()
    try Self.fit(workspace, "config.json", "model.head=\(head)", "training.epochs=1")
    #expect(workspace.exists("model/baseline-words.bin"))
    let scores = try object(workspace.seqtool("eval", "-m", "model", "--json").stdout)
    let network = try #require(scores["network"] as? [String: Double])
    #expect(try #require(scores["accuracy"] as? Double) > (try #require(network["accuracy"])))
    let once = try logits(workspace, "model", Self.sentences)
    let alone = try logits(workspace, reweighted(workspace, "0"), Self.sentences)
    let thrice = try logits(workspace, reweighted(workspace, "3"), Self.sentences)
    #expect(once != alone)
    for i in once.indices { #expect(abs(thrice[i] - alone[i] - 3 * (once[i] - alone[i])) < 1e-3) }
    // A text of several chunks, and texts of no tokens: a tag for every token, as without.
    let long = String(repeating: "fly to oslo at noon ", count: 2_001)
    let tags = try workspace.seqtool("tag", "-m", "model", "--format", "inline", stdin: "\n\(long)\nfly to oslo\n")
      .stdout
    let lines = tags.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[0].isEmpty && lines[1].split(separator: " ").count == 10_005 && lines[2].hasPrefix("fly/O to/O oslo/"))
    let last = lines[1].split(separator: " ").suffix(2_000).joined(separator: " ")
    #expect(last.hasSuffix("fly/O to/O oslo/B-city at/O noon/B-time"), "chunks have their own words' scores")
    let kept = try workspace.seqtool("tag", "-m", "model", "--force", "--format", "inline", stdin: "fly to oslo\n")
      .stdout
    #expect(kept.split(separator: "\n") == [lines[2]], "tokens that are given are seen as those of a text")
    let ranked = try objects(
      workspace.seqtool(
        "tag", "-m", "model", "--format", "jsonl", "--n-best", "2", "--spans", "-p", stdin: "fly to oslo\n"
      ).stdout)[0]
    let best = try #require((ranked["nBest"] as? [[String: Any]])?.first)
    #expect(best["tags"] as? [String] == ranked["tags"] as? [String])
    #expect((ranked["tags"] as? [String])?.joined(separator: " ") == "O O B-city")
    try workspace.remove("model/baseline-words.bin")
    expectErrors(
      try workspace.seqtool("tag", "-m", "model", stdin: "x\n"), 65,
      [
        "model: there is no baseline-words.bin, which inference.linear adds to the network "
          + "(fit the model again, or set inference.linear to 0 in its config.json)"
      ])
  }

  @Test func theLabelBesideTagsHasItsOwn() throws {
    let workspace = try Workspace.sentenceLabelTagging()
    try Self.fit(workspace, "joint.json", "inference.linear=0", "inference.linearLabel=1", "training.epochs=1")
    #expect(workspace.exists("model/baseline-labels.bin") && !workspace.exists("model/baseline-words.bin"))
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    let linear = try #require((scores["baseline"] as? [String: [String: Double]])?["linear"])
    let network = try #require(scores["network"] as? [String: Double])
    let own = try #require(scores["labelAccuracy"] as? Double)
    #expect(try #require(linear["labelAccuracy"]) > 0.9 && own >= (try #require(network["labelAccuracy"])))
    #expect(linear["jointAccuracy"] != nil && scores["f1"] as? Double == network["f1"])
    let text = try workspace.seqtool("tag", "--format", "inline", "--top", "2", stdin: "fly to oslo\n").stdout
    let kept = try workspace.seqtool("tag", "--force", "--format", "inline", "--top", "2", stdin: "fly to oslo\n")
      .stdout
    #expect(text == kept)
    let card = try workspace.text("model/README.md")
    #expect(card.contains("the scores of a linear model of the label are added, times 1.0"))
    for other in ["the network alone", "a linear model", "the most frequent class"] {
      #expect(card.contains("| f1 of \(other) |") && card.contains("| labelAccuracy of \(other) |"))
    }
    // One that was fitted before labels had a baseline.
    try workspace.remove("model/baseline-labels.bin")
    expectErrors(
      try workspace.seqtool("eval", "-m", "model"), 65,
      [
        "model: there is no baseline-labels.bin, which inference.linearLabel adds to the network "
          + "(fit the model again, or set inference.linearLabel to 0 in its config.json)"
      ])
    let config = try workspace.text("model/config.json")
    try workspace.write(
      config.replacingOccurrences(of: "\"linearLabel\": 1", with: "\"linearLabel\": 0"), to: "model/config.json")
    let older = try object(workspace.seqtool("eval", "--json").stdout)
    let tags = try #require((older["baseline"] as? [String: [String: Double]])?["linear"])
    #expect(tags["f1"] == linear["f1"] && tags["labelAccuracy"] == nil)
  }

  @Test func mistakesAreTold() throws {
    let workspace = try Workspace.classification()
    func complaint(_ overrides: String...) throws -> String {
      let result = try workspace.start(["fit", "config.json"] + overrides.flatMap { ["--set", $0] }).finish()
      #expect(result.status == 65)
      return result.stderr
    }
    #expect(
      try complaint("inference.linear=1").contains(
        "inference.linear: adds the scores of the baseline, but there is no baseline (set baseline to true, or leave it "
          + "out)"))
    #expect(
      try complaint("baseline=true", "inference.linear=-1").contains("inference.linear: expected a number from 0"))
    #expect(
      try complaint("baseline=true", "inference.linearLabel=1").contains(
        "inference.linearLabel: only applies with model.sentenceLabel")
    )
    #expect(
      try complaint("task=generation", "inference.linear=1").contains(
        "inference.linear: only applies to classification, one-to-one and tagging"))

    let fitted = try Self.fitted.get()
    try fitted.copy("model", to: "bare")
    try fitted.remove("bare/baseline.bin")
    expectErrors(
      try fitted.seqtool("tag", "-m", "bare", stdin: "good\n"), 65,
      [
        "bare: there is no baseline.bin, which inference.linear adds to the network "
          + "(fit the model again, or set inference.linear to 0 in its config.json)"
      ])
    let other = try reweighted(fitted, "2")
    let both = try fitted.seqtool("tag", "-m", "model", "-m", other, stdin: "good\n")
    #expect(
      both.status == 65
        && both.stderr.contains("they differ in inference.linear (write the same into the config.json of both)"))
  }
}
