import SeqCore
import SeqData
import Testing

/// An array of objects where lines were expected.
@Suite struct JSONArrayTests {
  @Test(arguments: [
    #"[{"text": "good", "label": "p"}, {"text": "b]a,d}", "label": "n"}]"#,
    "[\n {\"text\": \"good\", \"label\": \"p\"},\n {\"text\": \"b]a,d}\", \"label\": \"n\"}\n]\n",
    "\u{FEFF}\r\n [\r\n{\r\n\"text\": \"good\",\r\n\"label\": \"p\"\r\n}\r\n,{\"text\": \"b]a,d}\", \"label\": \"n\"}]",
  ])
  func itsElementsAreRecords(content: String) throws {
    let records = try read(content.utf8, as: .jsonl).records
    #expect(records?.map(\.text) == ["good", "b]a,d}"] && records?.map(\.label) == ["p", "n"], "\(content)")
  }

  @Test(arguments: [
    ("[\n{\"text\": \"a\", \"label\": \"x\"},\n{\"text\": 5}]", "f:3:10: text: expected a string, found 5"),
    (#"[{"text": "é", "label": "x"}, 5]"#, "f:1:31: expected an object, found 5"),
    (#"[{"text": "a", "label": "x"} {"text": "b"}]"#, #"f:1:30: expected "," or "]" after an element, found "{""#),
    (
      #"[{"text": "a", "label": "x"},]"#,
      #"f:1:30: expected another element after ",", found "]" (remove the comma)"#
    ),
    (#"[{"text": "a", "label": "x"}"#, #"f:1: expected "]" at the end of the array, found the end of the text"#),
    (#"[{"text": "a", "label": "x"}] 1"#, #"f:1:31: expected the end of the text after the array, found "1""#),
    ("[]", "f: no records"),
  ])
  func mistakesHaveTheirPlaces(content: String, message: String) throws {
    #expect(try read(content.utf8, as: .jsonl).message == message)
  }

  @Test func anElementThatIsNotClosedIsTold() throws {
    let content = "[{\"text\": \"a\", \"label\": \"x\",\n{\"text\": \"b\"}]"
    #expect(try read(content.utf8, as: .jsonl).message?.hasPrefix("f:2:1: expected a key") == true)
    #expect(
      try read("[{\"text\": \"a\n\"}]".utf8, as: .jsonl).message
        == "f:1:11: expected a closing quote for this string, found the end of the line")
  }

  /// One line of megabytes, above the limit of a line, with characters of several bytes at every cut.
  @Test func aLongLineIsReadElementByElement() throws {
    let count = 4000
    let elements = (0..<count).map {
      "{\"text\": \"\(String(repeating: "é漢😀", count: 3 + $0 % 7))\", \"label\": \"\($0)\"}"
    }
    for separator in [",", ", ", ",\n"] {
      let outcome = try read(("[" + elements.joined(separator: separator) + "]").utf8, as: .jsonl) {
        $0.maximumLineBytes = 1000
      }
      #expect(outcome.records?.map(\.label) == (0..<count).map(String.init), "\(outcome.message ?? "")")
      #expect(outcome.records?.allSatisfy { $0.text?.contains("\u{FFFD}") == false } == true)
    }
    let broken = "[" + elements.joined(separator: ",") + ",5]"
    let column = elements.joined(separator: ",").unicodeScalars.count + 3
    #expect(try read(broken.utf8, as: .jsonl).message == "f:1:\(column): expected an object, found 5")
  }

  @Test func theRawRecordsAreLines() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "[\n{\"text\": \"a\",\n \"label\": \"x\"},\n{\"text\": \"b\", \"answer\": \"reject\"}, {\"text\": \"c\"}]".utf8,
      to: "f.json")
    var raw = try RawRecords(path, format: .jsonl, options: ReadingOptions())
    var found: [String] = []
    while try raw.next() { found.append("\(raw.lines) " + String(decoding: raw.bytes, as: UTF8.self)) }
    #expect(
      found == [
        "2..<4 {\"text\": \"a\",  \"label\": \"x\"}\n",
        "4..<5 {\"text\": \"b\", \"answer\": \"reject\"}\n{\"text\": \"c\"}\n",
      ])
    #expect(DataFormat(inferredFrom: "train.json") == .jsonl)
    #expect(DataFormat.holdsRecords(path))
    #expect(try !DataFormat.holdsRecords(folder.write("{\n\"task\": \"tagging\"}".utf8, to: "c.json")))
  }
}
