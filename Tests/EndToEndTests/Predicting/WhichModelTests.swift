import SeqTestSupport
import Testing

/// Which model a command takes that names none, or the folder of a project.
struct WhichModelTests {
  /// A workspace where one model was fitted as the config says, and copies of it that differ in their labels.
  private func workspace(_ models: String...) throws -> Workspace {
    let (workspace, fitted) = (try Workspace(), try Fitted.classifier())
    for model in models {
      for name in fitted.files("model") {
        let bytes = try fitted.bytes("model/" + name)
        let isLabels = name == "vocabulary/labels.txt"
        try workspace.write(
          isLabels ? Array("\(model)-\(0)\n\(model)-\(1)\n".replacing("/", with: ".").utf8) : bytes,
          to: "\(model)/\(name)")
      }
    }
    return workspace
  }

  /// The model whose label comes out.
  private func taken(_ workspace: Workspace, _ arguments: String...) throws -> String {
    let result = try workspace.seqtool(["tag"] + arguments, stdin: "my bag was awful\n")
    guard result.status == 0 else { return result.stderr }
    return String(result.stdout.prefix { $0 != "-" })
  }

  private static let config = #"{"task": "classification", "data": {"train": "t.csv"}, "output": "out"}"#

  @Test func theOutputOfTheConfigComesFirst() throws {
    let workspace = try workspace("model", "out")
    #expect(try taken(workspace) == "model")
    try workspace.write(Self.config, to: "config.json")
    #expect(try taken(workspace) == "out")
    try workspace.remove("out")
    #expect(try taken(workspace) == "model", "a config that was not fitted yet has no model")
    try workspace.write(#"{"output": "no config of ours"}"#, to: "config.json")
    #expect(try taken(workspace) == "model")
  }

  @Test func aFolderOfThatNameIsNoModelOfItself() throws {
    let workspace = try workspace("other")
    try workspace.write("class Model: pass", to: "model/model.py")
    #expect(try taken(workspace).contains("no model has been fitted yet"))
  }

  @Test func whatWasFittedElsewhereIsNamedAndNotTaken() throws {
    let workspace = try Workspace.classification()
    #expect(try workspace.seqtool("fit", "-q", "config.json", "--set", "output=out").status == 0)
    #expect(try workspace.seqtool("tag", stdin: "a\n").status == 0, "fitted last from this folder")
    let elsewhere = try workspace.folder("elsewhere")
    let state = ["SEQTOOL_STATE": workspace.path + "/state"]
    let result = try elsewhere.seqtool("tag", stdin: "a\n", environment: state)
    #expect(result.status == 66)
    let path = workspace.path + "/out"
    #expect(
      result.complaints == [
        "error: no model was fitted from this folder; the last one is \(path) (use --model \(path))"
      ])
    #expect(try elsewhere.seqtool("tag", "--model", path, stdin: "a\n", environment: state).status == 0)
  }

  @Test func theFolderOfAProjectLeadsToItsModel() throws {
    let workspace = try workspace("tickets/model", "mails/out")
    try workspace.write(Self.config, to: "mails/config.json")
    #expect(try taken(workspace, "-m", "tickets") == "tickets.model")
    #expect(try taken(workspace, "-m", "tickets/") == "tickets.model")
    #expect(try taken(workspace, "-m", "mails") == "mails.out")
    #expect(try taken(workspace, "-m", "mails/out") == "mails.out")
    let tokens = try workspace.seqtool("tokenizer", "apply", "-m", "tickets", stdin: "my bag\n")
    #expect(tokens.status == 0 && tokens.stdout == "my bag\n")
  }
}
