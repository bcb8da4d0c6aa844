import SeqConfig
import SeqCore
import Testing

@Suite("--set patches the tree before it is read")
struct OverrideTests {
  private func patched(_ json: String, _ overrides: String...) throws -> ConfigNode {
    var node = try ConfigNode(json: json, file: "config.json")
    try node.apply(overrides: overrides)
    return node
  }

  @Test func valuesAreJSONOrText() throws {
    let node = try patched(
      "{}", "output=out/x", "model.bidirectional=false", "training.epochs=5", "model.cell=gru", "a=[1, {\"b\": 2}]",
      "quoted=\"5\"", "empty=", "version=007", "equation=x=y", "none=null", "words=two words")
    #expect(
      node
        == [
          "output": "out/x", "model": ["bidirectional": false, "cell": "gru"], "training": ["epochs": 5],
          "a": [1, ["b": 2]], "quoted": "5", "empty": "", "version": "007", "equation": "x=y", "none": .null,
          "words": "two words",
        ])
  }

  @Test func existingValuesAreReplacedInTheirPlace() throws {
    let node = try patched(#"{"model": {"cell": "lstm", "hidden": 1}, "x": null}"#, "model.cell=gru", "x.y=1", "x.y=2")
    #expect(try node.json(.compact) == #"{"model":{"cell":"gru","hidden":1},"x":{"y":2}}"#)
  }

  @Test func keysWithDotsAreQuoted() throws {
    #expect(try patched("{}", #"classWeights."."=2"#, #""a=b".c=1"#) == ["classWeights": [".": 2], "a=b": ["c": 1]])
  }

  @Test func mistakesNameTheOverride() throws {
    var node = try ConfigNode(json: #"{"training": {"epochs": 1}}"#, file: "config.json")
    try node.apply(overrides: ["training.epochs=five", "training.epoch=3", "data.columns={\"text\": true}"])
    let config = ConfigReader(root: node)
    let training = config.object("training")
    _ = training.int("epochs", default: 5, in: 1...10)
    _ = config.object("data").object("columns").string("text", default: "text")
    config.finish()
    #expect(
      problems(config) == """
        --set training.epochs=five: training.epochs: expected an integer from 1 to 10, found "five"
        --set data.columns={"text": true}: data.columns.text: expected a string, found true \
        (write it in double quotes: "true")
        --set training.epoch=3: training.epoch: unknown key — did you mean "epochs"?
        """)
  }

  @Test func malformedOverridesAreUsageErrorsAllAtOnce() throws {
    var node = try ConfigNode(json: #"{"model": {"cell": "lstm"}}"#, file: "config.json")
    do throws(SeqError) {
      try node.apply(overrides: [
        "training.epochs", "=5", "a..b=5", "a.=5", "", "model.cell.kind=gru", "model.hidden=2",
      ])
      Issue.record("malformed overrides were accepted")
    } catch {
      #expect(error.kind == .usage)
      #expect(
        error.description == """
          --set training.epochs: expected key=value, found no "=" (write --set training.epochs=VALUE)
          --set =5: expected a key before "=", found none
          --set a..b=5: expected a key before ".", found none
          --set a.=5: expected a key before "=", found none
          --set : expected a key before the end, found none
          --set model.cell.kind=gru: model.cell: expected an object, found "lstm"
          """)
    }
    #expect(node["model"]?["hidden"] == 2)
  }

  @Test func rootThatIsNoObjectIsAUsageError() {
    #expect(message { _ = try patched("[1]", "a=1") } == "--set a=1: expected an object, found an array")
  }
}
