import SeqTestSupport
import Testing

/// `init`: a starter that works at once.
struct InitTests {
  @Test(arguments: ["classification", "tagging", "transduction", "generation", "one-to-one"])
  func aStarterFitsEvaluatesAndIsUsed(task: String) throws {
    let workspace = try Workspace()
    let start = try workspace.seqtool("init", "mine", "--task", task)
    #expect(start.status == 0 && start.stdout == "")
    #expect(start.stderr.contains("then: seqtool fit mine/config.json\n"))
    let size = task == "one-to-one" ? [] : ["--set", "model.hidden=8"]
    let fit = try workspace.start(["fit", "mine/config.json", "--set", "training.epochs=2"] + size).finish()
    // After two epochs a linear model is better, as it may be.
    let warnings = fit.stderr.split(separator: "\n").filter { $0.contains("warning") && !$0.contains("a linear model") }
    #expect(fit.status == 0 && warnings.isEmpty, "\(fit.stderr)")
    #expect(try workspace.seqtool("eval").status == 0)
    try use(task, workspace)
  }

  /// As the starter's page says.
  private func use(_ task: String, _ workspace: Workspace) throws {
    switch task {
    case "transduction":
      let written = try workspace.seqtool("transduce", stdin: "bead\n")
      #expect(written.status == 0 && written.stdout.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    case "generation":
      let texts = try workspace.seqtool("generate", "--label", "spring", "--count", "5")
      #expect(texts.status == 0 && texts.stdout.count(where: \.isNewline) == 5)
    default:
      let tag = try workspace.seqtool("tag", "--format", "jsonl", stdin: "play some jazz\n")
      #expect(tag.status == 0)
      #expect(try object(tag.stdout)[task == "tagging" ? "tags" : "label"] != nil)
    }
  }

  @Test(arguments: ["classification", "tagging", "transduction", "generation", "one-to-one"])
  func thePageExplainsEveryKeyOfTheConfig(task: String) throws {
    let workspace = try Workspace()
    try workspace.seqtool("init", "mine", "--task", task)
    let page = try workspace.text("mine/README.md")
    for (section, value) in try object(workspace.text("mine/config.json")) {
      let keys = (value as? [String: Any]).map { Array($0.keys) } ?? [section]
      let unexplained = keys.filter { !page.contains("\($0)`") }
      #expect(unexplained == [], "\(section)")
    }
  }

  @Test func anEmptyNameIsRefused() throws {
    let result = try Workspace().seqtool("init", "")
    #expect(result.status == 64 && result.stderr.contains("the name is empty"), "\(result.stderr)")
  }

  @Test func whatExistsIsNotTouched() throws {
    let workspace = try Workspace()
    try workspace.write("precious", to: "mine/config.json")
    expectErrors(
      try workspace.seqtool("init", "mine"), 74, ["mine: already exists; nothing was written (choose another name)"])
    #expect(try workspace.text("mine/config.json") == "precious")
    #expect(workspace.files("mine") == ["config.json"])
  }
}
