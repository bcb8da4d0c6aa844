import SeqTestSupport
import Testing

/// What `fit` says of its data before it trains.
struct DataRemarkTests {
  private func fit(_ workspace: Workspace, _ arguments: String...) throws -> CommandResult {
    try workspace.seqtool(["fit", "config.json", "--set", "training.epochs=1"] + arguments)
  }

  @Test func theClassesAreToldWithTheirCounts() throws {
    let workspace = try Workspace.classification()
    try workspace.write(workspace.text("train.csv") + "hm,mixed\n", to: "train.csv")
    let result = try fit(workspace)
    let line = try #require(result.complaints.first { $0.contains("labels: ") })
    #expect(line.hasPrefix("3 labels: ") && line.contains(", mixed 1"))
    #expect(line.hasSuffix("; 1 occurs fewer than 5 times: mixed 1"))
    #expect(try fit(workspace, "--quiet").stderr == "")
  }

  @Test func ofManyClassesAFewAreTold() throws {
    let workspace = try Workspace.classification()
    let rows = (0..<40).map { "word\($0),label\($0 % 20)\n" }.joined()
    try workspace.write("text,label\n" + rows, to: "train.csv")
    for part in ["dev", "test"] { try workspace.write("text,label\nword1,label1\nword2,label2\n", to: part + ".csv") }
    let line = try #require(try fit(workspace).complaints.first { $0.contains("labels: ") })
    #expect(
      line.hasPrefix("20 labels: label0 2, label1 2, ") && line.contains("and 8 more; 20 occur fewer than 5 times"))
  }

  @Test func partsThatASplitLeavesEmptyAreTold() throws {
    let workspace = try Workspace.classification()
    try workspace.write("text,label\n" + String(repeating: "pie,a\nroll,b\n", count: 4), to: "train.csv")
    try workspace.write(
      TinyData.classifier.replacing(
        "\"dev\": \"dev.csv\", \"test\": \"test.csv\"", with: "\"split\": { \"dev\": 0.25, \"test\": 0.25 }"),
      to: "config.json")
    let result = try fit(workspace)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr.contains("warning: the split leaves dev and test without records"), "\(result.stderr)")
    expectErrors(
      try workspace.seqtool("eval", "-m", "model"), 65,
      ["model/../train.csv: the split leaves no test records to score (name a labelled file: seqtool eval FILE)"])
  }

  @Test func missingFilesAreToldAtOnce() throws {
    let workspace = try Workspace.classification()
    for name in ["train.csv", "test.csv"] { try workspace.remove(name) }
    let result = try fit(workspace)
    #expect(result.status == 66 && result.complaints.count == 2, "\(result.stderr)")
    #expect(result.complaints[0].contains("train.csv") && result.complaints[1].contains("test.csv"))
  }

  @Test func missingColumnsAreToldAtOnce() throws {
    let workspace = try Workspace.classification()
    let result = try fit(workspace, "--set", "data.columns.text=review", "--set", "data.columns.label=stars")
    #expect(result.status == 65 && result.complaints.count == 2, "\(result.stderr)")
    #expect(
      result.complaints[0].contains("no column \"review\"") && result.complaints[1].contains("no column \"stars\""))
  }

  @Test func longTextsAreTold() throws {
    let workspace = try Workspace.classification()
    let text = String(repeating: "word ", count: 10_001)
    for part in ["train", "test"] {
      try workspace.write(workspace.text(part + ".csv") + "\(text),positive\n\(text)too,negative\n", to: part + ".csv")
    }
    let message = "only the first 10000 tokens of this text were read, and 1 more like it"
    let result = try fit(workspace, "--quiet")
    #expect(
      result.complaints == ["train.csv:66: ", "test.csv:18: "].map { "warning: " + $0 + message }, "\(result.stderr)")
    let eval = try workspace.seqtool("eval")
    #expect(eval.status == 0 && eval.complaints.count == 1 && eval.stderr.contains(message), "\(eval.stderr)")
    let known = try fit(workspace, "--set", "data.maximumTokens=20", "--quiet", "--overwrite")
    #expect(known.status == 0 && known.complaints.isEmpty, "a limit that the config sets is known: \(known.stderr)")
  }
}

/// What `fit` makes of tags that are not as they should be.
struct TagRemarkTests {
  private func workspace(_ train: String, _ dev: String? = nil) throws -> Workspace {
    let workspace = try Workspace.tagging()
    for (part, text) in [("train", train), ("dev", dev ?? train), ("test", train)] {
      let lines = text.split(separator: "|").map { sentence in
        sentence.split(separator: " ").map { $0.replacing("/", with: "\t") + "\n" }.joined() + "\n"
      }
      try workspace.write(String(repeating: lines.joined(), count: part == "train" ? 8 : 1), to: part + ".conll")
    }
    return workspace
  }

  private func fit(_ workspace: Workspace, _ settings: String...) throws -> CommandResult {
    try workspace.seqtool(
      ["fit", "config.json", "-q", "--overwrite", "--set", "training.epochs=30"] + settings.flatMap { ["--set", $0] })
  }

  @Test(arguments: [[], ["data.scheme=bioes"]]) func oneStrayTagChangesNoScheme(settings: [String]) throws {
    let workspace = try workspace("Ann/B-PER Lee/I-PER met/O Bob/B-PER|in/O New/B-LOC York/I-LOC|so/O Bob/B-PER ran/O")
    try workspace.write(
      workspace.text("train.conll") + "the/O\nopen/I-MISC\n".replacing("/", with: "\t"), to: "train.conll")
    let result = try workspace.seqtool(
      ["fit", "config.json", "-q", "--set", "training.epochs=40"] + settings.flatMap { ["--set", $0] })
    #expect(result.status == 0 && result.complaints.count == 1, "\(result.stderr)")
    #expect(
      result.stderr.hasPrefix(
        "warning: 1 of 25 training sequences is ill-formed in iob2, train.conll:106: I-MISC after O"),
      "\(result.stderr)")
    let config = try workspace.text("model/config.json")
    let scheme = settings.isEmpty ? "iob2" : "bioes"
    #expect(config.contains("\"constraints\": \"\(scheme)\"") && config.contains("\"learnedScheme\": \"\(scheme)\""))
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    #expect(scores["strictF1"] as? Double == 1 && scores["f1"] as? Double == 1)
    let tagged = try workspace.seqtool("tag", "--format", "inline", stdin: "Ann Lee met Bob\n").stdout
    #expect(tagged == "Ann/B-PER Lee/I-PER met/O Bob/B-PER\n")
  }

  @Test func spansInAFormOfTheirOwnArePointedOutAndCanBeRead() throws {
    let workspace = try workspace("Ann/B_PER Lee/I_PER met/O Bob/B_PER|in/O York/B_LOC")
    let plain = try fit(workspace)
    #expect(
      plain.stderr.contains("these tags look like spans: B_LOC, B_PER, I_PER, as B-LOC for B_LOC"), "\(plain.stderr)")
    let mended = try fit(workspace, "data.scheme=iob2")
    #expect(mended.status == 0 && mended.stderr == "", "\(mended.stderr)")
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    #expect(Set((scores["classes"] as? [String: Any] ?? [:]).keys) == ["LOC", "PER"])
    #expect(try workspace.seqtool("convert", "train.conll", "new.conll", "--scheme", "bio").status == 0)
    #expect(try workspace.text("new.conll").hasPrefix("Ann\tB-PER\nLee\tI-PER\nmet\tO\n"))
  }

  @Test func aPartInAnotherSchemeIsTold() throws {
    let workspace = try workspace("Ann/B-PER Lee/I-PER met/O", "Ann/B-PER Lee/E-PER met/O|Ann/S-PER ran/O")
    let result = try fit(workspace)
    #expect(
      result.stderr.contains("the tags of dev are bioes, those of the training data iob2: scores will be wrong"),
      "\(result.stderr)")
    #expect(try fit(workspace, "data.scheme=iob2").stderr == "")
  }

  @Test func sequencesOfAPartThatAreIllFormedAreCounted() throws {
    let sentences = "Ann/B-PER Lee/I-PER met/O Bob/B-PER|in/O New/B-LOC York/I-LOC"
    let workspace = try workspace(sentences, sentences + "|in/O York/I-LOC")
    let result = try fit(workspace)
    #expect(result.status == 0)
    #expect(
      result.complaints.contains {
        $0.contains("1 of 3 sequences of dev is ill-formed in iob2; spans are scored as the CoNLL")
      }, "\(result.stderr)")
  }

  @Test func aTagThatIsNoneOfTheSchemeIsTold() throws {
    let workspace = try workspace("Ann/B-PER Lee/I-PER met/O Bob/B-PER|in/O York/B-LOC|so/O")
    try workspace.write(workspace.text("train.conll") + "Tim\tb-PER\n", to: "train.conll")
    let result = try fit(workspace)
    #expect(result.stderr.contains("\"b-PER\": not of iob2, the scheme of the other tags"), "\(result.stderr)")
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    #expect(Set((scores["classes"] as? [String: Any] ?? [:]).keys) == ["LOC", "PER"], "spans are scored all the same")
  }

  @Test func wordsAreScoredAndNoTopKIsBelowTheAccuracy() throws {
    let workspace = try workspace("我/S 图/B 书/M 馆/E|苹/B 果/E 我/S|的/S 北/B 京/E")
    let result = try fit(workspace, "training.epochs=2")
    #expect(result.status == 0 && result.stderr == "", "\(result.stderr)")
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    #expect(scores["strictF1"] as? Double == scores["f1"] as? Double)
    let (accuracy, top2) = (scores["accuracy"] as? Double ?? 2, scores["top2Accuracy"] as? Double ?? 0)
    #expect(accuracy <= top2)
  }

  @Test func devDataOnWhichTheScoreCannotMoveIsJudgedByTheLoss() throws {
    let workspace = try workspace("he/O sat/O down/O|Ann/B-PER ran/O|Bob/B-PER ran/O", "Ann/O ran/O|he/O")
    let result = try workspace.seqtool(
      "fit", "config.json", "--set", "training.epochs=40", "--set", "training.patience=3")
    let warning = "warning: dev has no spans, so f1 cannot decide which epoch is best: the dev loss decides instead"
    #expect(result.status == 0 && result.complaints.contains(warning), "\(result.stderr)")
    #expect(result.complaints.contains("stopped early: no later epoch was better"), "\(result.stderr)")
    #expect(try workspace.text("model/config.json").contains("\"metric\": \"loss\""))
  }

  @Test func devDataOfOneClassIsJudgedByTheLoss() throws {
    let workspace = try Workspace.classification()
    try workspace.write("text,label\nthe train is lovely,positive\nthe door was great,positive\n", to: "dev.csv")
    let result = try workspace.seqtool("fit", "-q", "config.json")
    #expect(
      result.complaints
        == [
          "warning: dev has no label but \"positive\", so accuracy cannot decide which epoch is best: the dev loss "
            + "decides instead"
        ])
  }
}
