import SeqConfig
import SeqCore
import Testing

/// A reader of a JSON text that is known to be right, as `config.json`.
func reader(_ text: String) throws -> ConfigReader {
  ConfigReader(root: try ConfigNode(json: text, file: "config.json"))
}

/// All mistakes a reader has found, one a line; "no error" if there are none.
func problems(_ reader: ConfigReader) -> String { message { try reader.throwIfProblems() } }

private enum Cell: String, CaseIterable { case elman, lstm, gru }

@Suite("The reader says what is wrong and where")
struct ConfigReaderTests {
  /// The mistakes that one reading of `{"model": {"key": value}}` makes; the value is at 1:19.
  private func mistakes(_ value: String, _ read: (ConfigReader) -> Void) throws -> String {
    let config = try reader("{\"model\": {\"key\": \(value)}}")
    read(config.object("model"))
    config.finish()
    return problems(config)
  }

  static let integers: [(String, String)] = [
    ("5", ""), ("5.0", ""), ("null", ""), ("\"five\"", "found \"five\""), ("0", "found 0"), ("true", "found true"),
    ("[5]", "found an array"), ("{}", "found an object"), ("2.5", "found 2.5"), ("1e30", "found 1e+30"),
    ("\"\(String(repeating: "é", count: 99))\"", "found \"\(String(repeating: "é", count: 40))…\" (99 characters)"),
    (#""\u001b[31m""#, #"found "\u001b[31m""#),
  ]

  @Test(arguments: integers) func integerIsChecked(value: String, found: String) throws {
    let mistakes = try mistakes(value) { _ = $0.int("key", default: 1, in: 1...1_000_000) }
    let expected = "config.json:1:19: model.key: expected an integer from 1 to 1000000, " + found
    #expect(mistakes == (found.isEmpty ? "no error" : expected))
  }

  @Test func mistakeGivesTheDefaultAndReadingGoesOn() throws {
    let config = try reader(#"{"a": "x", "b": 7, "c": null, "e": 5.0}"#)
    #expect(config.int("a", default: 3) == 3)
    #expect(config.int("b", default: 3) == 7)
    #expect(config.int("c", default: 3) == 3)
    #expect(config.optionalInt("c") == nil)
    #expect(config.optionalInt("d") == nil)
    #expect(config.int("e", default: 3) == 5)
    #expect(problems(config) == "config.json:1:7: a: expected an integer, found \"x\"")
  }

  @Test func rangesAreNamed() throws {
    func number(_ range: NumberRange) throws -> String {
      try mistakes("\"x\"") { _ = $0.optionalDouble("key", in: range) }
    }
    let start = "config.json:1:19: model.key: expected "
    #expect(try number(.any) == start + "a number, found \"x\"")
    #expect(try number(.above(0)) == start + "a number above 0, found \"x\"")
    #expect(try number(.above(0, upTo: 1)) == start + "a number above 0 and at most 1, found \"x\"")
    #expect(try number(.above(0, below: 1)) == start + "a number above 0 and below 1, found \"x\"")
    #expect(try number(.atLeast(0.5)) == start + "a number of at least 0.5, found \"x\"")
    #expect(try number(.from(0, below: 1)) == start + "a number of at least 0 and below 1, found \"x\"")
    #expect(try number(.closed(0...1)) == start + "a number from 0 to 1, found \"x\"")
    #expect(try number(.closed(-.infinity...2)) == start + "a number of at most 2, found \"x\"")
    #expect(
      try mistakes("0") { _ = $0.int("key", default: 1, in: 1...(.max)) } == start + "an integer of at least 1, found 0"
    )
    #expect(
      try mistakes("0") { _ = $0.int("key", default: -1, in: .min ... -1) } == start
        + "an integer of at most -1, found 0")
  }

  static let bounds: [(NumberRange, inside: [Double], outside: [Double])] = [
    (.any, [-1e300, 0], [.infinity, .nan]), (.above(0), [1e-300], [0, -1]), (.above(0, upTo: 1), [1], [0, 1.1]),
    (.above(0, below: 1), [0.5], [0, 1]), (.atLeast(0), [0, 1e300], [-1]), (.from(0, below: 1), [0, 0.9], [1]),
    (.closed(0...1), [0, 1], [-0.1, 1.1]),
  ]

  @Test(arguments: bounds) func boundsHold(range: NumberRange, inside: [Double], outside: [Double]) {
    #expect(inside.allSatisfy(range.contains))
    #expect(!outside.contains(where: { range.contains($0) }))
  }

  static let wrongTypes: [(String, @Sendable (ConfigReader) -> Void, String)] = [
    ("-1", { _ = $0.double("key", default: 1, in: .above(0)) }, "expected a number above 0, found -1"),
    ("2", { _ = $0.double("key", default: 1, in: 0...1) }, "expected a number from 0 to 1, found 2"),
    ("true", { _ = $0.optionalDouble("key", in: 0...1) }, "expected a number from 0 to 1, found true"),
    ("1", { _ = $0.bool("key", default: true) }, "expected true or false, found 1"),
    ("\"true\"", { _ = $0.optionalBool("key") }, "expected true or false, found \"true\" (remove the quotes)"),
    ("5", { _ = $0.string("key", default: "") }, "expected a string, found 5 (write it in double quotes: \"5\")"),
    ("[]", { _ = $0.optionalString("key") }, "expected a string, found an array"),
    ("\"\"", { _ = $0.requiredString("key") }, "expected a string that is not empty, found \"\""),
    ("{}", { _ = $0.requiredString("key") }, "expected a string, found an object"),
    (
      "\"lstn\"", { _ = $0.choice("key", default: Cell.gru) },
      "expected one of elman, lstm, gru; found \"lstn\" — did you mean \"lstm\"?"
    ),
    (
      "\"GRU\"", { _ = $0.optionalChoice("key", as: Cell.self) },
      "expected one of elman, lstm, gru; found \"GRU\" — did you mean \"gru\"?"
    ),
    (
      "\"transformer\"", { _ = $0.choice("key", default: Cell.gru) },
      "expected one of elman, lstm, gru; found \"transformer\""
    ),
    ("3", { _ = $0.requiredChoice("key", as: Cell.self) }, "expected one of elman, lstm, gru; found 3"),
    ("\"a\"", { _ = $0.strings("key", default: []) }, "expected an array of strings, found \"a\" (write [\"a\"])"),
    ("1", { _ = $0.optionalStrings("key") }, "expected an array of strings, found 1"),
    (
      "{}", { _ = $0.doubles("key", default: [], in: .above(0)) },
      "expected an array of numbers above 0, found an object"
    ),
    ("[]", { _ = $0.numbersByName("key", in: .above(0)) }, "expected an object of numbers above 0, found an array"),
    ("1.5", { _ = $0.optionalColumn("key") }, "expected a position or a name, found 1.5"),
    ("\"\"", { _ = $0.optionalColumn("key") }, "expected a position or a name, found \"\""),
    ("5", { _ = $0.object("key") }, "expected an object, found 5"),
    ("[]", { _ = $0.optionalObject("key") }, "expected an object, found an array"),
  ]

  @Test(arguments: wrongTypes) func wrongTypeIsNamed(
    value: String, read: @Sendable (ConfigReader) -> Void, expected: String
  ) throws {
    #expect(try mistakes(value, read) == "config.json:1:19: model.key: " + expected)
  }

  @Test func elementsAreNamed() throws {
    let config = try reader(#"{"s": ["a", 1], "d": [0.5, -1, "x"], "w": {"B": 1, ".": 0}}"#)
    #expect(config.strings("s", default: ["z"]) == ["z"])
    #expect(config.doubles("d", default: [1], in: .atLeast(0)) == [1])
    #expect(config.numbersByName("w", in: .above(0)).isEmpty)
    #expect(
      problems(config) == """
        config.json:1:13: s[1]: expected a string, found 1
        config.json:1:28: d[1]: expected a number of at least 0, found -1
        config.json:1:32: d[2]: expected a number of at least 0, found "x"
        config.json:1:57: w.".": expected a number above 0, found 0
        """)
  }

  @Test func rightValuesAreRead() throws {
    let config = try reader(
      #"{"s": ["a"], "d": [1, 2.5], "w": {"B": 1, "A": 2}, "t": -1, "n": "tag", "c": "gru", "b": true, "r": "x", "o": {}}"#
    )
    #expect(config.strings("s", default: []) == ["a"])
    #expect(config.doubles("d", default: []) == [1, 2.5])
    #expect(config.numbersByName("w").map(\.name) == ["B", "A"])
    #expect(config.optionalColumn("t") == .index(-1))
    #expect(config.optionalColumn("n") == .name("tag"))
    #expect(config.requiredChoice("c") == Cell.gru)
    #expect(config.bool("b", default: false))
    #expect(config.requiredString("r") == "x")
    #expect(config.optionalObject("o") != nil)
    #expect(config.optionalObject("absent") == nil)
    #expect(config.value("s") == ["a"])
    #expect(config.has("s") && !config.has("nothing"))
    config.finish()
    #expect(problems(config) == "no error")
  }

  @Test func missingKeysAreReportedWhereTheirObjectStands() throws {
    let config = try reader("{\n  \"data\": {}}")
    let data = config.object("data")
    #expect(data.requiredString("train") == "")
    #expect(data.requiredChoice("format", as: Cell.self) == nil)
    #expect(config.object("model").requiredString("cell") == "")
    #expect(
      problems(config) == """
        config.json:1:1: model.cell: missing — expected a string
        config.json:2:11: data.train: missing — expected a string
        config.json:2:11: data.format: missing — expected one of elman, lstm, gru
        """)
  }

  @Test func whatIsNoObjectIsOneMistakeOnly() throws {
    let config = try reader(#"{"data": 5}"#)
    _ = config.object("data").requiredString("train")
    _ = config.object("data").object("columns").requiredString("text")
    config.finish()
    #expect(problems(config) == "config.json:1:10: data: expected an object, found 5")
    let list = try reader("[1]")
    _ = list.requiredString("task")
    list.finish()
    #expect(problems(list) == "config.json:1:1: expected an object, found an array")
  }

  @Test func unknownKeysAreFound() throws {
    let config = try reader("{\n  \"model\": {\n    \"layerz\": 2, \"x y\": 1, \"hidden\": 1\n  },\n  \"outputt\": 1}")
    let model = config.object("model")
    _ = model.int("layers", default: 1)
    _ = model.int("hidden", default: 1)
    model.finish()
    config.finish()
    config.finish()
    #expect(
      problems(config) == """
        config.json:3:5: model.layerz: unknown key — did you mean "layers"?
        config.json:3:18: model."x y": unknown key (known here: layers, hidden)
        config.json:5:3: outputt: unknown key (known here: model)
        """)
  }

  @Test func rulesBetweenKeysHavePathsAndPlaces() throws {
    let config = try reader("{\n  \"model\": {\"hidden\": 7}}")
    let model = config.object("model")
    model.problem("hidden", "expected a multiple of heads (2), found 7", remedy: "take 8")
    model.problem("heads", "too many")
    model.problem(nil, "bad model")
    model.problem(nil, "bad model")
    config.problem(nil, "bad config")
    #expect(model.path(for: "hidden") == "model.hidden")
    #expect(model.place(for: "hidden").description == "config.json:2:23: model.hidden")
    #expect(
      problems(config) == """
        config.json:1:1: bad config
        config.json:2:12: model.heads: too many
        config.json:2:12: model: bad model
        config.json:2:23: model.hidden: expected a multiple of heads (2), found 7 (take 8)
        """)
  }
}
