import SeqConfig
import SeqCore
import Testing

@Suite("JSON that is right")
struct JSONParserTests {
  static let values: [(String, ConfigNode)] = [
    ("null", .null), ("true", true), ("false", false), (" \r\n\t5 ", 5), ("\u{FEFF}5", 5),
    ("0", 0), ("-1", -1), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", ConfigNode(.digits("9223372036854775808"))), ("0.5", 0.5), ("-0.5e2", -50), ("1E+2", 100),
    ("1e-7", 1e-7), ("5.0", 5),
    ("1.7976931348623157e308", .real(.greatestFiniteMagnitude)), ("5e-324", .real(.leastNonzeroMagnitude)),
    ("1e-999", 0),
    ("-123456789012345678901234567890", ConfigNode(.digits("-123456789012345678901234567890"))),
    (#""""#, ""), (#""a b""#, "a b"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u00E9""#, "éé"),
    (#""\ud83d\ude00""#, "😀"), (#""\u0000""#, "\0"), ("\"é日😀\u{7F}\"", "é日😀\u{7F}"), (#""日\n本""#, "日\n本"),
    (#""\ud7ff\ue000\uffff""#, "\u{D7FF}\u{E000}\u{FFFF}"), ("\"\u{10FFFF}\"", "\u{10FFFF}"),
    ("[]", []), ("[ ]", []), ("[1, [2], []]", [1, [2], []]), ("{}", [:]), ("{ }", [:]),
    (#"{"a": {"b": [null]}, "": 1}"#, ["a": ["b": [.null]], "": 1]),
  ]

  @Test(arguments: values) func valueIsRead(text: String, expected: ConfigNode) throws {
    #expect(try ConfigNode(json: text) == expected)
  }

  @Test func minusZeroKeepsItsSign() throws {
    #expect(try ConfigNode(json: "-0").doubleValue?.sign == .minus)
  }

  @Test func keysKeepTheirOrder() throws {
    let node = try ConfigNode(json: #"{"z": 1, "a": 2, "m": 3}"#)
    #expect(node.members?.map(\.key) == ["z", "a", "m"])
    #expect(node["a"] == 2)
    #expect(node["b"] == nil)
  }

  @Test func placesCountScalarsFromOne() throws {
    let text = "\u{FEFF}{\r\n  \"é日\": [1,\r    \"x\"],\n  \"b\": {}\n}"
    let node = try ConfigNode(json: text, file: "config.json")
    #expect(node.place == .line(1, column: 1, of: "config.json"))
    let first = try #require(node.members?.first)
    #expect(first.keyPlace == .line(2, column: 3, of: "config.json"))
    #expect(first.node.place == .line(2, column: 9, of: "config.json"))
    #expect(
      first.node.elements?.map(\.place) == [
        .line(2, column: 10, of: "config.json"), .line(3, column: 5, of: "config.json"),
      ])
    #expect(node["b"]?.place == .line(4, column: 8, of: "config.json"))
  }

  @Test func lineOfALargerFileIsNamed() {
    #expect(
      message { _ = try JSONParser.parse(Array("[".utf8), file: "x.jsonl", firstLine: 17) }.hasPrefix("x.jsonl:17:2: "))
  }

  @Test func nestingIsAllowedUpToTheLimit() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(throws: Never.self) { try ConfigNode(json: nested(128)) }
    #expect(jsonMessage(nested(129)) == "config.json:1:129: expected at most 128 levels of nesting, found more")
    #expect(jsonMessage(String(repeating: "{\"a\":", count: 1_000_000)).hasSuffix("levels of nesting, found more"))
  }

  @Test func longLinesTakeLinearTime() throws {
    let text = "[" + Array(repeating: "\"é\"", count: 200_000).joined(separator: ",") + "]"
    #expect(try ConfigNode(json: text).elements?.last?.place.column == 200_000 * 4 - 2)
  }

  @Test func manyKeysAreCheckedForDuplicates() {
    let members = (0..<50_000).map { "\"k\($0)\":\($0)" }
    #expect(jsonMessage("{" + members.joined(separator: ",\n") + "}") == "no error")
    #expect(
      jsonMessage("{" + (members + ["\"k31999\":0"]).joined(separator: ",\n") + "}")
        == "config.json:50001:1: k31999: duplicate key, first given on line 32000")
  }
}

@Suite("JSON that is wrong says where, what and what to do")
struct JSONParserErrorTests {
  static let messages: [(String, String)] = [
    ("", "config.json: expected a JSON value, found an empty text"),
    (" \n ", "config.json: expected a JSON value, found an empty text"),
    ("{\n  \"a\": 1,\n}", "config.json:2:9: expected another key after \",\", found \"}\" (remove the comma)"),
    ("[1, 2, ]", "config.json:1:6: expected another value after \",\", found \"]\" (remove the comma)"),
    ("[1,}", "config.json:1:3: expected another value after \",\", found \"}\" (remove the comma)"),
    ("[,1]", "config.json:1:2: expected a value or \"]\", found \",\""),
    ("[1 2]", "config.json:1:4: expected \",\" or \"]\", found 2"),
    (
      "{\"a\": 1\n \"b\": 2}",
      "config.json:2:2: expected \",\" or \"}\", found a string (a comma or colon may be missing before it)"
    ),
    ("{\"a\" 1}", "config.json:1:6: expected \":\" after the key, found 1"),
    ("{\"a\": }", "config.json:1:7: expected a value, found \"}\""),
    ("{1: 2}", "config.json:1:2: expected a key or \"}\", found 1 (write it in double quotes: \"1\")"),
    ("{\"a\": 1]", "config.json:1:8: expected \",\" or \"}\", found \"]\""),
    (
      "{\n  // the model\n  \"a\": 1}",
      "config.json:2:3: expected a key or \"}\", found a comment (JSON has no comments; remove it)"
    ),
    ("[1 /* one */]", "config.json:1:4: expected \",\" or \"]\", found a comment (JSON has no comments; remove it)"),
    ("# no\n1", "config.json:1:1: expected a JSON value, found a comment (JSON has no comments; remove it)"),
    ("{'a': 1}", "config.json:1:2: expected a key or \"}\", found ' (write straight double quotes: \"…\")"),
    ("[“a”]", "config.json:1:2: expected a value or \"]\", found “ (write straight double quotes: \"…\")"),
    ("{cell: 1}", "config.json:1:2: expected a key or \"}\", found cell (write it in double quotes: \"cell\")"),
    ("[gru]", "config.json:1:2: expected a value or \"]\", found gru (write a text in double quotes: \"gru\")"),
    ("[True]", "config.json:1:2: expected a value or \"]\", found True (write true)"),
    ("{\"a\": None}", "config.json:1:7: expected a value, found None (write null)"),
    ("{\"a\": NaN}", "config.json:1:7: expected a value, found NaN (JSON has finite numbers only)"),
    ("{\"a\": nulls}", "config.json:1:7: expected a value, found nulls (write a text in double quotes: \"nulls\")"),
    ("\u{A0}1", "config.json:1:1: expected a JSON value, found U+00A0"),
    (
      "{\n\"a\": [1,\n2",
      "config.json:3:2: expected \",\" or \"]\", found the end of the text (close the \"[\" of line 2)"
    ),
    ("{", "config.json:1:2: expected a key or \"}\", found the end of the text (close the \"{\" of line 1)"),
    ("1 2", "config.json:1:3: expected the end of the text, found 2"),
    ("{}}", "config.json:1:3: expected the end of the text, found \"}\""),
    ("012", "config.json:1:1: expected a number, found 012 (numbers have no leading zeros)"),
    ("-", "config.json:1:1: expected a number, found - (a digit must follow the minus sign)"),
    ("[5.]", "config.json:1:2: expected a number, found 5. (a digit must follow the point)"),
    ("1e", "config.json:1:1: expected a number, found 1e (a digit must follow the exponent's e)"),
    ("+1", "config.json:1:1: expected a JSON value, found +1 (numbers have no plus sign)"),
    (".5", "config.json:1:1: expected a JSON value, found .5 (write a digit before the point)"),
    ("0x10", "config.json:1:1: expected a number, found 0x10 (write a decimal number, or a text in double quotes)"),
    ("1e999", "config.json:1:1: expected a number up to 1.7976931348623157e+308, found 1e999"),
    ("[\"a\n\"]", "config.json:1:2: expected a closing quote for this string, found the end of the line"),
    ("[\"a", "config.json:1:2: expected a closing quote for this string, found the end of the text"),
    (
      "\"a\tb\"",
      "config.json:1:3: expected no control character in a string, found U+0009 (write \\t)"
    ),
    (
      "\"a\u{1}b\"",
      "config.json:1:3: expected no control character in a string, found U+0001 (write \\u0001)"
    ),
    (
      #""C:\data\x""#,
      #"config.json:1:4: expected an escape such as \n, \" or \u00e9, found \d (write \\ for a backslash)"#
    ),
    (#""\u12g4""#, #"config.json:1:2: expected four hexadecimal digits after \u"#),
    (#""\u+123""#, #"config.json:1:2: expected four hexadecimal digits after \u"#),
    (#""é\ud800""#, #"config.json:1:3: expected a pair of surrogates such as \ud83d\ude00, found \ud800 alone"#),
    (#""\ude00x""#, #"config.json:1:2: expected a pair of surrogates such as \ud83d\ude00, found \ude00 alone"#),
    (#""\ud800\u0041""#, #"config.json:1:2: expected a pair of surrogates such as \ud83d\ude00, found \ud800 alone"#),
    (
      "{\n\n\n\n\"model\": {\"hidden\": 1,\n\n  \"hidden\": 2}}",
      "config.json:7:3: model.hidden: duplicate key, first given on line 5"
    ),
    (
      #"[{"a.b": {"x": 1, "x": 2}}]"#,
      #"config.json:1:19: [0]."a.b".x: duplicate key, first given on line 1"#
    ),
  ]

  @Test(arguments: messages) func messageIsExact(text: String, expected: String) {
    #expect(jsonMessage(text) == expected)
  }

  static let badBytes: [([UInt8], Int)] = [
    ([0x22, 0x61, 0xFF, 0x22], 3), ([0x22, 0xC0, 0x80, 0x22], 2), ([0x22, 0xED, 0xA0, 0x80, 0x22], 2),
    ([0x22, 0xE2, 0x82, 0x22], 2), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 2), ([0xFF, 0xFE, 0x7B, 0x00], 1),
    ([0x22, 0xC3], 2), ([0x22, 0x5C, 0xFF, 0x22], 3), ([0x80], 1),
  ]

  @Test(arguments: badBytes) func badUTF8IsPlaced(bytes: [UInt8], column: Int) {
    let found = message { _ = try JSONParser.parse(bytes, file: "config.json") }
    #expect(found.hasPrefix("config.json:1:\(column): expected UTF-8, found the byte 0x"))
    #expect(found.hasSuffix("(save the file as UTF-8)"))
  }

  @Test func messagesAreDataErrorsAndHoldNoControlCharacters() {
    var generator = Seed(3).generator
    for _ in 0..<2_000 {
      let bytes = (0..<12).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      do { _ = try JSONParser.parse([0x5B] + bytes, file: "config.json") } catch {
        #expect(error.kind == .data)
        #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) })
      }
    }
  }
}

@Suite("No bytes bring the JSON reader down")
struct JSONRobustnessTests {
  static let sample = """
    {"task": "tagging", "data": {"train": "é日😀.csv", "columns": {"token": 0, "tag": "t\\u00e9\\ud83d\\ude00"}},
     "model": {"hidden": 128, "dropout": 0.25, "layers": [1, 2.5e-3, true, null, [], {}]}}
    """

  @Test func everyPrefixIsAnError() {
    let bytes = Array(Self.sample.utf8)
    for count in bytes.indices {
      #expect(throws: SeqError.self) { try JSONParser.parse(Array(bytes[..<count]), file: "config.json") }
    }
  }

  @Test func mutatedTextsAreReadOrRefused() {
    var generator = Seed(1).generator
    let bytes = Array(Self.sample.utf8)
    let tokens = Array("{}[]\",:\\/#'0123456789.eE+-truefalsn \n\r\u{1}".utf8) + [0xC3, 0xA9, 0xFF]
    var refused = 0
    for _ in 0..<20_000 {
      var mutated = bytes
      for _ in 0...generator.index(below: 4) {
        mutated[generator.index(below: bytes.count)] = tokens[generator.index(below: tokens.count)]
      }
      do { _ = try JSONParser.parse(mutated) } catch { refused += 1 }
    }
    #expect(refused > 10_000 && refused < 20_000)
  }

  @Test func randomBytesAreReadOrRefused() {
    var generator = Seed(2).generator
    for _ in 0..<20_000 {
      let bytes = (0..<generator.index(below: 40)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      _ = try? JSONParser.parse(bytes)
    }
  }
}
