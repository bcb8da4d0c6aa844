import SeqTestSupport
import Testing

/// `init --from`: a project around a file of one's own.
struct InitFromTests {
  private static let words = [
    "billing": ["invoice", "charged", "refund", "payment"], "access": ["password", "login", "account", "locked"],
    "shipping": ["parcel", "delivery", "late", "courier"],
  ]

  /// Support tickets, as `id,body,category`.
  private func tickets(_ count: Int = 240, header: String = "id,body,category") -> String {
    let labels = Self.words.keys.sorted()
    let rows = (0..<count).map { i -> String in
      let words = Self.words[labels[i % 3]] ?? []
      return
        "\(i),\"Hello, my \(words[i / 3 % 4]) number \(i) and the \(words[i / 12 % 4]) need help.\",\(labels[i % 3])\n"
    }
    return header + "\n" + rows.joined()
  }

  private func data(_ workspace: Workspace, _ project: String = "mine") throws -> [String: Any] {
    try #require(object(workspace.text(project + "/config.json"))["data"] as? [String: Any])
  }

  private func fitAndEvaluate(_ workspace: Workspace) throws {
    let sizes = ["--set", "model.hidden=8", "--set", "training.epochs=3"]
    let fit = try workspace.start(["fit", "mine/config.json"] + sizes).finish()
    #expect(fit.status == 0, "\(fit.stderr)")
    #expect(try workspace.seqtool("eval").status == 0)
  }

  @Test func aTableBecomesAProjectThatFitsAndAnswers() throws {
    let workspace = try Workspace()
    try workspace.write(tickets(), to: "tickets.csv")
    let start = try workspace.seqtool("init", "mine", "--from", "tickets.csv")
    #expect(start.status == 0 && start.stdout == "", "\(start.stderr)")
    #expect(
      start.stderr.contains(
        "guessed from the header (id, body, category): text is the column \"body\", label is the column \"category\""))
    #expect(start.stderr.contains("240 texts, 3 labels; split into train 192, dev 24, test 24\n"), "\(start.stderr)")
    #expect(start.stderr.hasSuffix("next: seqtool fit mine/config.json\n"))
    #expect(try data(workspace)["columns"] as? [String: String] == ["text": "body", "label": "category"])
    #expect(
      workspace.files("mine") == [
        "README.md", "config.json", "config.schema.json", "data/dev.csv", "data/test.csv", "data/train.csv",
      ])
    try fitAndEvaluate(workspace)
    let answer = try workspace.seqtool("tag", stdin: "I forgot my password.\n")
    #expect(answer.status == 0 && Self.words[answer.stdout.trimmingLine] != nil, "\(answer.stdout)")
  }

  @Test func semicolonsAreFoundAndWrittenIntoTheConfig() throws {
    let workspace = try Workspace()
    try workspace.write(tickets().replacing(",", with: ";"), to: "t.csv")
    let start = try workspace.seqtool("init", "mine", "--from", "t.csv", "--text", "body", "--label", "category")
    #expect(
      start.status == 0
        && start.stderr.contains("semicolons separate the fields (--delimiter names another character)"),
      "\(start.stderr)")
    #expect(try data(workspace)["delimiter"] as? String == ";")
    try fitAndEvaluate(workspace)
  }

  @Test func columnsThatAreNamedAreTaken() throws {
    let workspace = try Workspace()
    try workspace.write(tickets(header: "text,x1,x2"), to: "t.csv")
    let start = try workspace.seqtool("init", "mine", "--from", "t.csv", "--text", "x1", "--label", "x2")
    #expect(start.status == 0 && !start.stderr.contains("guessed"), "\(start.stderr)")
    #expect(try data(workspace)["columns"] as? [String: String] == ["text": "x1", "label": "x2"])
  }

  @Test func whereAGuessIsTooBoldTheColumnsAreListed() throws {
    let workspace = try Workspace()
    try workspace.write(tickets(header: "a,b,c"), to: "t.csv")
    let start = try workspace.seqtool("init", "mine", "--from", "t.csv")
    #expect(start.status == 64 && !workspace.exists("mine"))
    #expect(start.stderr.contains(#"which column of t.csv is the text? There are "a", "b", "c""#), "\(start.stderr)")
    #expect(start.stderr.contains("--text a or --text b"))
  }

  @Test func aFolderThatExistsIsNotTouched() throws {
    let workspace = try Workspace()
    try workspace.write(tickets(), to: "t.csv")
    try workspace.write("precious", to: "mine/config.json")
    expectErrors(
      try workspace.seqtool("init", "mine", "--from", "t.csv"), 74,
      ["mine: already exists; nothing was written (choose another name)"])
    #expect(workspace.files("mine") == ["config.json"])
  }

  @Test func bytesThatAreNotUTF8AreReadInAnotherEncoding() throws {
    let workspace = try Workspace()
    let text = tickets().replacing("Hello", with: "Gr\u{1}\u{2}")
    try workspace.write(text.utf8.map { $0 == 1 ? 0xFC : $0 == 2 ? 0xDF : $0 }, to: "t.csv")
    let start = try workspace.seqtool("init", "mine", "--from", "t.csv")
    #expect(start.status == 0 && start.stderr.contains("the file is not UTF-8; it is read as "), "\(start.stderr)")
    #expect(try data(workspace)["encoding"] as? String != nil)
    #expect(try workspace.seqtool("data", "check", "mine/config.json", "--ignore", "near-duplicate").status == 0)
  }

  @Test func whatCannotBeReadIsToldWithAWayToMendIt() throws {
    let workspace = try Workspace()
    try workspace.write(tickets() + "1,too,many,fields\n", to: "t.csv")
    let start = try workspace.seqtool("init", "mine", "--from", "t.csv")
    #expect(start.status == 65 && !workspace.exists("mine"))
    #expect(start.stderr.contains("t.csv:242:"), "\(start.stderr)")
    let remedy = "seqtool data check t.csv --format csv --text body --label category --fix repaired"
    #expect(start.stderr.contains(remedy), "\(start.stderr)")
    _ = try workspace.shell(remedy.replacing("seqtool", with: "$seqtool"))
    let repaired = try #require(workspace.files("repaired").first)
    #expect(try workspace.seqtool("init", "mine", "--from", "repaired/" + repaired).status == 0)
  }

  @Test func columnsOfTokensBecomeATagger() throws {
    let workspace = try Workspace()
    let sentences = (0..<100).map {
      "I\tO\nlive\tO\nin\tO\n\(["Rome", "Oslo", "Bonn"][$0 % 3])\tB-city\n\($0)\tO\n.\tO\n\n"
    }
    try workspace.write(sentences.joined(), to: "places.conll")
    let start = try workspace.seqtool("init", "mine", "--from", "places.conll")
    #expect(start.status == 0, "\(start.stderr)")
    let config = try object(workspace.text("mine/config.json"))
    #expect(config["task"] as? String == "tagging")
    #expect((config["tokenizer"] as? [String: String]) == ["raw": "auto"])
    try fitAndEvaluate(workspace)
    let answer = try workspace.seqtool("tag", "--format", "jsonl", stdin: "I live in Bonn.\n")
    #expect(try object(answer.stdout)["tokens"] as? [String] == ["I", "live", "in", "Bonn", "."])
  }

  @Test func textsWithSpansAreCutWhereTheSpansEnd() throws {
    let workspace = try Workspace()
    let lines = (0..<60).map { i in
      #"{"text": "We met Ann Lee, no. \#(i).", "spans": [{"start": 7, "end": 14, "label": "PER"}]}"# + "\n"
    }
    try workspace.write(lines.joined(), to: "people.jsonl")
    let start = try workspace.seqtool("init", "mine", "--from", "people.jsonl")
    #expect(start.status == 0, "\(start.stderr)")
    let config = try object(workspace.text("mine/config.json"))
    #expect((config["tokenizer"] as? [String: String]) == ["kind": "word"])
    try fitAndEvaluate(workspace)
  }

  @Test func filesOfAFolderStayWhereTheyAre() throws {
    let workspace = try Workspace()
    try workspace.write(tickets(), to: "set/train.csv")
    try workspace.write(tickets(30), to: "set/valid.csv")
    let start = try workspace.seqtool("init", "mine", "--from", "set")
    #expect(start.status == 0, "\(start.stderr)")
    let data = try data(workspace)
    #expect(data["train"] as? String == "../set/train.csv" && data["dev"] as? String == "../set/valid.csv")
    #expect(workspace.files("mine") == ["README.md", "config.json", "config.schema.json"])
    // The dev texts are those of the training data.
    #expect(start.stderr.contains("[leak]"), "\(start.stderr)")
  }

  @Test(arguments: ["tickets", "names", "chinese", "long"])
  func thePageExplainsEveryKeyOfTheConfig(kind: String) throws {
    let workspace = try Workspace()
    let rows = (0..<40).map { i in
      switch kind {
      case "names": "Smith\(i),\(i % 2)"
      case "chinese": "这家店很\(i % 2 == 0 ? "好" : "差")吃\(i),\(i % 2)"
      case "long": "\(String(repeating: "word ", count: 500))\(i),\(i % 2)"
      default: "A ticket about number \(i),\(i % 2)"
      }
    }
    try workspace.write("text,label\n" + rows.joined(separator: "\n") + "\n", to: "all.csv")
    let start = try workspace.seqtool("init", "mine", "--from", "all.csv")
    #expect(start.status == 0, "\(start.stderr)")
    let page = try workspace.text("mine/README.md")
    for (section, value) in try object(workspace.text("mine/config.json")) {
      let keys = (value as? [String: Any]).map { Array($0.keys) } ?? [section]
      #expect(keys.filter { !page.contains("\($0)`") } == [], "\(section)")
    }
    let kinds = ["tickets": "word", "names": "character", "chinese": "chinese", "long": "word"]
    #expect(page.contains("`tokenizer.kind` is `\(kinds[kind] ?? "")`"), "\(page)")
    let fit = try workspace.start(["fit", "mine/config.json", "--set", "model.hidden=4", "--set", "training.epochs=1"])
      .finish()
    #expect(fit.status == 0, "\(fit.stderr)")
  }

  @Test func flagsOfReadingNeedAFile() throws {
    let result = try Workspace().seqtool("init", "mine", "--text", "body")
    #expect(result.status == 64 && result.stderr.contains("--from"), "\(result.stderr)")
  }
}

extension String {
  /// Without the line feed at its end.
  fileprivate var trimmingLine: String { hasSuffix("\n") ? String(dropLast()) : self }
}
