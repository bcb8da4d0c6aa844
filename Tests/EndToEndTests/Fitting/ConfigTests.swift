import SeqTestSupport
import Testing

/// Where a fit takes its settings from.
struct ConfigTests {
  private static let plist = """
    <?xml version="1.0" encoding="UTF-8"?>
    <plist version="1.0"><dict>
      <key>task</key><string>classification</string>
      <key>data</key><dict>
        <key>train</key><string>train.csv</string><key>dev</key><string>dev.csv</string>
        <key>test</key><string>test.csv</string>
      </dict>
      <key>model</key><dict>
        <key>embedding</key><integer>8</integer><key>hidden</key><integer>8</integer><key>dropout</key><real>0.1</real>
      </dict>
      <key>training</key><dict>
        <key>epochs</key><integer>2</integer><key>batch</key><dict><key>sequences</key><integer>16</integer></dict>
        <key>optimizer</key><dict>
          <key>kind</key><string>adam</string><key>learningRate</key><real>0.02</real>
        </dict>
      </dict>
      <key>output</key><string>model</string>
    </dict></plist>
    """

  /// The bytes of the weights that a fit leaves.
  private func weights(_ workspace: Workspace, _ config: String, overrides: [String] = []) throws -> [UInt8] {
    let list = overrides.map { " --set " + $0 }.joined()
    let result = try workspace.shell("\"$seqtool\" fit -q \(config) --overwrite --set output=fitted\(list)")
    guard result.status == 0 else { throw Unexpected(result.stderr) }
    return try workspace.bytes("fitted/model.safetensors")
  }

  @Test func aPropertyListGivesTheSameBytesAsJSON() throws {
    let workspace = try Workspace.classification()
    try workspace.write(Self.plist, to: "config.plist")
    #expect(try weights(workspace, "config.plist") == weights(workspace, "config.json"))
  }

  @Test(arguments: [false, true]) func theSavedConfigGivesTheSameModel(isTagging: Bool) throws {
    let workspace = try isTagging ? Workspace.tagging() : Workspace.classification()
    try workspace.seqtool("fit", "-q", "config.json")
    #expect(try weights(workspace, "model/config.json") == workspace.bytes("model/model.safetensors"))
    let saved = try workspace.text("model/config.json")
    #expect(try workspace.seqtool("fit", "-q", "model/config.json").status == 0, "a model is fitted again in its place")
    #expect(try workspace.text("model/config.json") == saved)
    let model = try workspace.folder("model")
    #expect(try model.seqtool("fit", "-q", "config.json").status == 0, "and from within")
    #expect(try workspace.text("model/config.json") == saved)
  }

  @Test func everyDefaultIsExplicitInTheSavedConfig() throws {
    let saved = try object(Fitted.classifier().text("model/config.json"))
    let model = try #require(saved["model"] as? [String: Any])
    #expect(Set(model.keys).isSuperset(of: ["cell", "layers", "bidirectional", "pooling", "head"]))
    let training = try #require(saved["training"] as? [String: Any])
    #expect(training["seed"] as? Int == 1 && training["metric"] as? String == "accuracy")
  }

  @Test func overridesWinOverTheFile() throws {
    let workspace = try Workspace.classification()
    let plain = try weights(workspace, "config.json")
    #expect(try weights(workspace, "config.json", overrides: ["model.cell=gru"]) != plain)
    #expect(try workspace.text("fitted/config.json").contains("\"cell\": \"gru\""))
    #expect(try weights(workspace, "config.json", overrides: ["model.cell=gru", "model.cell=lstm"]) == plain)
  }

  @Test func pathsAreMeantFromTheConfigsFolderAndOverridesFromTheWorkingFolder() throws {
    let workspace = try Workspace.classification()
    let elsewhere = try workspace.folder("elsewhere")
    #expect(try elsewhere.seqtool("fit", "-q", "../config.json").status == 0)
    #expect(workspace.exists("model/config.json"))
    #expect(try elsewhere.seqtool("fit", "-q", "../config.json", "--set", "output=mine").status == 0)
    #expect(workspace.exists("elsewhere/mine/config.json"))
    #expect(try elsewhere.seqtool("eval").status == 0, "the model knows its data from any folder")
    let result = try elsewhere.seqtool("fit", "-q", "../config.json", "--overwrite", "--set", "data.train=train.csv")
    #expect(result.status == 66 && result.complaints == ["error: train.csv: no such file"])
  }

  @Test func oneFileIsSplit() throws {
    let workspace = try Workspace.classification(texts: 100)
    try workspace.write(
      TinyData.classifier.replacing(#", "dev": "dev.csv", "test": "test.csv""#, with: ""), to: "config.json")
    #expect(try workspace.seqtool("fit", "config.json").status == 0)
    let metrics = try object(workspace.text("model/metrics.json"))
    #expect(Set(metrics.keys) == ["bestEpoch", "dev", "test"])
    #expect(try object(workspace.seqtool("eval", "--json").stdout)["sequences"] as? Int ?? 0 > 0)
  }
}
