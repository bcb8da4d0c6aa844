import Foundation
import SeqTestSupport
import Testing

/// Texts from labels, from nothing and from one long text.
@Suite(.timeLimit(.minutes(30)))
struct GenerateTests {
  private static let small = [
    "--set", "task=generation", "--set", "tokenizer.kind=character", "--set", "model.hidden=24", "--set",
    "training.epochs=6", "--set", "model.dropout=0",
  ]

  /// A generator of `positive` and `negative` texts.
  private static let labelled = Result {
    let workspace = try Workspace.classification(texts: 200)
    try fit(workspace, small)
    return workspace
  }

  /// A model of lines, fitted to one text without labels.
  private static let stream = Result {
    let workspace = try Workspace()
    let lines = (0..<300).map { "line \($0 % 10) of \($0 % 7)" }
    try workspace.write(lines.joined(separator: "\n") + "\n", to: "text.txt")
    try workspace.write(TinyData.classifier, to: "config.json")
    let files = ["data.train=text.txt", "data.dev=null", "data.test=null", "data.stream=true"]
    try fit(
      workspace,
      small + (files + ["training.batch={\"sequences\": 20, \"window\": 16}"]).flatMap { ["--set", $0] })
    return workspace
  }

  private static func fit(_ workspace: Workspace, _ arguments: [String]) throws {
    let result = try workspace.start(["fit", "-q", "config.json"] + arguments).finish()
    guard result.status == 0 else { throw Unexpected(result.stderr) }
  }

  @Test func textsOfALabelAreThoseOfTheSeed() throws {
    let workspace = try Self.labelled.get()
    func texts(_ arguments: String...) throws -> [Substring] {
      let result = try workspace.start(["generate", "--model", "model"] + arguments).finish()
      #expect(result.status == 0 && result.complaints == [], "\(result.stderr)")
      return result.stdout.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }
    let ten = try texts("--label", "positive", "--count", "40", "--seed", "7", "--threads", "1")
    #expect(ten.count == 40 && Set(ten).count > 10)
    #expect(try texts("--label", "positive", "--count", "40", "--seed", "7", "--threads", "3") == ten)
    let five = try texts("--label", "positive", "--count", "5", "--seed", "7")
    #expect(five == Array(ten[..<5]))
    #expect(try texts("--label", "positive", "--count", "40", "--seed", "8") != ten)
    #expect(try texts("--label", "negative", "--count", "40", "--seed", "7") != ten)
    let greedy = try texts("--label", "positive", "--count", "3", "--temperature", "0")
    #expect(Set(greedy).count == 1 && !greedy[0].isEmpty)
    #expect(try texts("--label", "positive", "--count", "3", "--top-k", "1") == greedy)
    #expect(try texts("--label", "positive", "--count", "3", "--top-p", "0.000001") == greedy)
    let prompted = try texts("--label", "positive", "--prompt", "the tr", "--count", "4", "--max-length", "3")
    #expect(prompted.allSatisfy { $0.hasPrefix("the tr") && $0.count <= 9 })
  }

  @Test func asJSONEachTextTellsHowItEnded() throws {
    let workspace = try Self.labelled.get()
    let result = try workspace.seqtool(
      "generate", "--model", "model", "--label", "negative", "--count", "6", "--max-length", "4", "--json")
    let objects = try objects(result.stdout)
    #expect(objects.count == 6)
    for object in objects {
      let tokens = try #require(object["tokens"] as? Int)
      #expect(object["label"] as? String == "negative" && (object["text"] as? String)?.count == tokens)
      #expect(tokens == 4 || object["ended"] as? Bool == true)
      #expect(try #require(object["logProbability"] as? Double) < 0)
    }
  }

  @Test func evalTellsWhatTheModelThinksOfTexts() throws {
    let workspace = try Self.labelled.get()
    let scores = try object(try workspace.seqtool("eval", "--model", "model", "--json").stdout)
    let loss = try #require(scores["loss"] as? Double)
    #expect(loss > 0 && loss < 2.5)
    #expect(abs(try #require(scores["perplexity"] as? Double) - exp(loss)) < 1e-9)
    // Each text has a token a character, and its end.
    #expect(scores["tokens"] as? Int == scores["characters"] as? Int)
    #expect(scores["bitsPerCharacter"] as? Double == scores["bitsPerToken"] as? Double)
    let report = try workspace.seqtool("eval", "--model", "model")
    #expect(report.stdout.contains("bitsPerCharacter") && !report.stdout.contains("support"))
    let one = try workspace.seqtool("eval", "--model", "model", "--json", "--threads", "1")
    #expect(try object(one.stdout)["loss"] as? Double == loss)
    #expect(try workspace.text("model/history.csv").hasPrefix("epoch,learningRate,trainLoss,gradientNorm,dev.loss,"))
  }

  @Test func oneLongTextIsGoneOnWith() throws {
    let workspace = try Self.stream.get()
    let two = try workspace.seqtool(
      "generate", "--model", "model", "--prompt", "line 3", "--count", "2", "--max-length", "60", "--temperature", "0.5"
    )
    #expect(two.status == 0, "\(two.stderr)")
    let texts = two.stdout.components(separatedBy: "\n\nline 3")
    #expect(texts.count == 2 && two.stdout.hasPrefix("line 3"))
    #expect(two.stdout.split(separator: "\n").count > 3, "ends of lines are tokens")
    let scores = try object(try workspace.seqtool("eval", "--model", "model", "--json").stdout)
    #expect(scores["sequences"] as? Int == 1 && scores["tokens"] as? Int == scores["characters"] as? Int)
    // A tenth of 300 lines of 11 characters and their ends.
    #expect(abs(try #require(scores["tokens"] as? Int) - 360) <= 1)
    let unknown = try workspace.seqtool("generate", "--model", "model", "--prompt", "line é", "--max-length", "2")
    #expect(unknown.status == 0 && unknown.stderr.contains("does not know these tokens of the prompt: é"))
  }

  @Test func aKilledStreamGoesOnToTheSameBytes() throws {
    let workspace = try Self.stream.get()
    let other = try Workspace()
    for file in ["text.txt", "config.json"] { try other.write(workspace.bytes(file), to: file) }
    let files = ["data.train=text.txt", "data.dev=null", "data.test=null", "data.stream=true"]
    let set =
      Self.small
      + (files + ["training.batch={\"sequences\": 20, \"window\": 2}", "training.epochs=12", "training.patience=0"])
      .flatMap { ["--set", $0] }
    let whole = try other.start(["fit", "config.json", "--set", "output=whole"] + set).finish()
    #expect(whole.status == 0, "\(whole.stderr)")
    let command = try other.start(["fit", "config.json"] + set)
    try command.wait("epoch 3") { $0.errorsSoFar.contains("epoch  3/12") }
    command.signal(SIGINT)
    #expect(try command.finish().status == 130)
    let resumed = try other.start(["fit", "config.json", "--resume", "--set", "training.threads=1"] + set).finish()
    #expect(resumed.status == 0, "\(resumed.stderr)")
    for part in ["model.safetensors", "history.csv", "metrics.json"] {
      #expect(try other.bytes("model/" + part) == other.bytes("whole/" + part), "\(part)")
    }
  }

  @Test(arguments: [
    (
      ["--label", "posittive"],
      "error: the model knows no label \"posittive\" — did you mean \"positive\"? (one of negative, positive)"
    ),
    ([], "error: the model was fitted with labels, expected one (give --label, one of negative, positive)"),
    (["--label", "positive", "--temperature=-1"], "Error: --temperature: expected 0 or more, found -1.0"),
    (["--label", "positive", "--top-p", "0"], "Error: --top-p: expected a share above 0 and at most 1, found 0.0"),
    (["--label", "positive", "--count", "0"], "Error: --count: expected 1 or more, found 0"),
  ])
  func aMistakeIsExplained(arguments: [String], message: String) throws {
    let workspace = try Self.labelled.get()
    let result = try workspace.start(["generate", "--model", "model"] + arguments).finish()
    #expect(result.status == 64 && result.stdout == "")
    #expect(result.complaints.first == message)
  }

  @Test func theWrongKindOfModelIsRefused() throws {
    let stream = try Self.stream.get()
    let label = try stream.seqtool("generate", "--model", "model", "--label", "x")
    #expect(label.status == 64)
    #expect(label.complaints == ["error: the model was fitted without labels, found \"x\" (leave out --label)"])
    let tag = try stream.seqtool("tag", "--model", "model", stdin: "line\n")
    #expect(tag.status == 64)
    #expect(tag.complaints == ["error: the model generates texts and cannot label them (use seqtool generate)"])
    let classifier = try Fitted.classifier().seqtool("generate", "--model", "model")
    #expect(classifier.status == 64)
    #expect(
      classifier.complaints == ["error: the model's task is classification, expected generation (use seqtool tag)"])
  }

  @Test func theKeysOfTheTaskAreChecked() throws {
    let workspace = try Workspace.classification()
    func complaints(_ overrides: String...) throws -> [String] {
      let result = try workspace.start(["fit", "config.json"] + overrides.flatMap { ["--set", $0] }).finish()
      #expect(result.status == 65)
      return result.complaints.map { String($0.split(separator: ": ", maxSplits: 2).last ?? "") }.sorted()
    }
    #expect(
      try complaints("task=generation", "model.bidirectional=true", "model.pooling=max") == [
        "model.bidirectional: a text is generated in one direction: the tokens to come are unknown (leave it out)",
        "model.pooling: only applies to classification; this task predicts at every token (leave it out)",
      ])
    #expect(
      try complaints("data.stream=true", "training.batch.window=5") == [
        "data.stream: only applies to generation (leave it out)",
        "training.batch.window: only applies with data.stream (leave it out)",
      ])
    #expect(
      try complaints("task=one-to-one", "model.hidden=null", "model.cell=lstm", "model.ngrams=1", "model.buckets=5")
        == [
          "model.buckets: has no effect if model.ngrams is 1 (leave it out)",
          "model.cell: has no effect: one-to-one has no recurrence (leave it out)",
        ])
  }

  @Test func aBagClassifiesLikeAnyOther() throws {
    let workspace = try Workspace.classification(texts: 200)
    let set = ["task=one-to-one", "model={\"embedding\": 8, \"ngrams\": 2, \"buckets\": 500}", "training.epochs=8"]
    let fit = try workspace.start(["fit", "-q", "config.json"] + set.flatMap { ["--set", $0] }).finish()
    #expect(fit.status == 0, "\(fit.stderr)")
    let scores = try object(try workspace.seqtool("eval", "--model", "model", "--json").stdout)
    #expect(try #require(scores["accuracy"] as? Double) > 0.9)
    let tag = try workspace.seqtool(
      "tag", "--model", "model", "-p", stdin: "the coffee was great\n\nmy bag smells bad\n")
    let lines = tag.stdout.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[0].hasPrefix("positive\t") && lines[1] == "" && lines[2].hasPrefix("negative\t"))
    // On disk, the ids are the same, and so is the model.
    let disk = try workspace.start(
      ["fit", "-q", "config.json", "--set", "output=disk", "--set", "data.storage=disk"]
        + set.flatMap { ["--set", $0] }
    ).finish()
    #expect(disk.status == 0, "\(disk.stderr)")
    #expect(try workspace.bytes("disk/model.safetensors") == workspace.bytes("model/model.safetensors"))
  }
}
