import SeqTestSupport
import Testing

/// What `fit` leaves on the disk.
struct ModelFolderTests {
  private static let parts = [
    "README.md", "config.json", "history.csv", "metrics.json", "model.json", "model.safetensors",
    "vocabulary/labels.txt",
    "vocabulary/tokens.txt",
  ]

  @Test(arguments: [false, true]) func aFitLeavesTheModelAndNothingElse(isTagging: Bool) throws {
    let workspace = try isTagging ? Workspace.tagging() : Workspace.classification()
    let before = workspace.files()
    let result = try workspace.seqtool("fit", "config.json")
    #expect(result.status == 0, "\(result.stderr)")
    #expect(workspace.files("model") == Self.parts)
    let notes = workspace.files("state")
    #expect(notes.count == 2 && notes[0].hasPrefix("folders/") && notes[1] == "latest")
    #expect(Set(workspace.files()) == Set(before + Self.parts.map { "model/" + $0 } + notes.map { "state/" + $0 }))
    #expect(try workspace.text("state/latest").hasSuffix("/model\n"))
  }

  @Test func thePartsHoldWhatTheirNamesSay() throws {
    let workspace = try Fitted.classifier()
    #expect(try workspace.text("model/vocabulary/labels.txt") == "negative\npositive\n")
    let tokens = try workspace.text("model/vocabulary/tokens.txt").split(separator: "\n")
    #expect(tokens.prefix(2) == ["<pad>", "<unk>"] && tokens.contains("lovely"))
    let history = try workspace.text("model/history.csv").split(separator: "\n")
    #expect(history.count > 6 && history[0].hasPrefix("epoch,learningRate,trainLoss,gradientNorm,dev.accuracy,"))
    let metrics = try object(workspace.text("model/metrics.json"))
    #expect(Set(metrics.keys) == ["bestEpoch", "dev", "test"])
    #expect((metrics["test"] as? [String: Any])?["accuracy"] is Double)
    let card = try workspace.text("model/README.md")
    #expect(card.contains("seqtool tag --model model") && card.contains("`negative`, `positive`"))
    let weights = try workspace.bytes("model/model.safetensors")
    let header = weights[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect((8 + header) % 64 == 0)
    #expect(String(decoding: weights[8..<8 + header], as: UTF8.self).contains("\"rnn.weight_ih_l0_reverse\""))
  }

  @Test(arguments: [["data.dev=null"], ["data.dev=null", "data.test=null", #"data.split={"dev":0,"test":0.2}"#]])
  func aModelFittedWithoutDevDataIsRead(overrides: [String]) throws {
    let workspace = try Workspace.classification()
    let arguments = ["fit", "config.json"] + overrides.flatMap { ["--set", $0] }
    let fit = try workspace.start(arguments).finish()
    #expect(fit.status == 0, "\(fit.stderr)")
    let tag = try workspace.seqtool("tag", stdin: "my bag was awful\n")
    #expect(tag.status == 0, "\(tag.stderr)")
    #expect(try workspace.seqtool("eval").status == 0)
  }

  @Test func aNewFitTakesTheOldOnesPlace() throws {
    let workspace = try Workspace.classification()
    for seed in ["1", "2"] {
      let fit = try workspace.seqtool("fit", "config.json", "--overwrite", "--set", "training.seed=\(seed)")
      #expect(fit.status == 0, "\(fit.stderr)")
    }
    #expect(try workspace.text("model/config.json").contains("\"seed\": 2"))
    #expect(workspace.files("model") == Self.parts)
  }

  @Test func theModelMayMoveAndBeRenamed() throws {
    let fitted = try Fitted.classifier()
    let before = try fitted.seqtool("eval", "--model", "model", "--json").stdout
    try fitted.copy("model", to: "moved")
    #expect(try fitted.seqtool("eval", "--model", fitted.path + "/moved/", "--json").stdout == before)
  }

  @Test(arguments: ["out/", "./out/.", "./out//", "deep/er/out"]) func theOutputIsNamedInAnyWay(name: String) throws {
    let workspace = try Workspace.classification()
    let result = try workspace.seqtool("fit", "config.json", "--set", "output=\(name)", "--set", "training.epochs=1")
    #expect(result.status == 0, "\(result.stderr)")
    #expect(workspace.files(name) == Self.parts)
    #expect(try workspace.seqtool("tag", stdin: "a\n").status == 0)
  }

  @Test(arguments: ["holds \"data.txt\", which is not part of a model", "holds files, but no model"])
  func aFolderWithOtherFilesIsNotReplaced(reason: String) throws {
    let workspace = try Workspace.classification()
    try workspace.write("precious", to: reason.contains("data") ? "model/data.txt" : "model/config.json")
    let result = try workspace.seqtool("fit", "-q", "config.json")
    #expect(result.status == 74)
    #expect(result.complaints == ["error: model: \(reason) (name another folder as output)"])
    #expect(workspace.files("model").count == 1)
  }
}
