import SeqCore
import SeqData
import SeqRecords
import SeqTestSupport
import SeqText
import Testing

/// JSON lines, fastText, folders of classes, pairs, inline tags: as they should be, and as they should not.
@Suite struct MoreFormatTests {
  @Test func jsonLines() throws {
    let content = """
      {"text": "a \\u00e9", "label": "x"}

      {"label": 3, "text": "b", "other": [1]}
      {"tokens": ["c", "d"], "label": ["y"]}
      """
    #expect(
      try read(content.utf8, as: .jsonl)
        == .records([
          Record(text: "a é", label: "x", line: 1), Record(text: "b", label: "3", line: 3),
          Record(tokens: ["c", "d"], label: "y", line: 4),
        ]))
    let tagged = try read(#"{"words":["a","b"],"pos":["X","Y"]}"#.utf8, as: .jsonl, wanting: .tags) {
      $0.columns = ColumnNames(token: .name("words"), tag: .name("pos"))
    }
    #expect(tagged == .records([Record(tokens: ["a", "b"], tags: ["X", "Y"], line: 1)]))
  }

  @Test func jsonSpansBecomeTags() throws {
    let content = #"{"text": "😀 to New York", "spans": [{"start": 5, "end": 13, "label": "city"}, [0, 1, "face"]]}"#
    #expect(
      try read(content.utf8, as: .jsonl, wanting: .tags)
        == .records([
          Record(tokens: ["😀", "to", "New", "York"], tags: ["B-face", "O", "B-city", "I-city"], line: 1)
        ]))
    let cut = #"{"text": "New York.", "spans": [[0, 8, "city"]]}"#
    #expect(
      try read(cut.utf8, as: .jsonl, wanting: .tags).message
        == "f:1:1: the span 0..<8 (city) does not begin and end with a token: \"York.\" is at 4..<9 "
        + "(\"tokenizer\": {\"kind\": \"word\"} cuts there; \"misaligned\": \"widen\" takes whole tokens, "
        + "\"skip\" leaves the span out)")
    let word = try read(cut.utf8, as: .jsonl, wanting: .tags) { $0.segmentation = TokenizerSettings(kind: .word) }
    #expect(word.records?.first?.tags == ["B-city", "I-city", "O"])
    let over = #"{"text": "New York", "spans": [[0, 8, "city"], [4, 8, "x"]]}"#
    #expect(
      try read(over.utf8, as: .jsonl, wanting: .tags).message
        == "f:1:1: the span 4..<8 (x) overlaps the span 0..<8 (city) (a token has one tag: keep one of the two spans; \"misaligned\": \"skip\" leaves the span out)"
    )
  }

  @Test(arguments: [
    (#"{"text": "a"}"#, #"f:1:1: no "label""#),
    (#"{"text": "a", "lable": "x"}"#, #"f:1:1: no "label" — did you mean "lable"?"#),
    (
      #"{"txt": "a", "label": "x"}"#,
      #"f:1:1: neither "text" nor "tokens" ("columns": {"text": …} names another key — did you mean "txt"?)"#
    ),
    (#"["a"]"#, #"f:1:2: expected an object, found "a""#),
    (#"{"text": 1, "label": "x"}"#, "f:1:10: text: expected a string, found 1"),
    (
      #"{"text": "a", "label": ["x", "y"]}"#,
      #"f:1:24: 2 labels, expected one ("severalLabels": "first" takes the first, "join" joins them into one)"#
    ),
  ]) func jsonMistakes(content: String, message: String) throws {
    #expect(try read(content.utf8, as: .jsonl).message == message)
  }

  @Test func jsonMistakesOfSeveralLinesAreToldTogether() throws {
    let content = "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": }\n{}\n"
    let message = try read(content.utf8, as: .jsonl).message
    #expect(message?.split(separator: "\n").count == 2)
    #expect(message?.contains("f:2:10: ") == true && message?.contains("f:3:1: ") == true)
    let tags = #"{"tokens": ["a"], "tags": ["X", "Y"]}"#
    #expect(try read(tags.utf8, as: .jsonl, wanting: .tags).message == "f:1:27: tags: 2, but there are 1 tokens")
    let span = #"{"text": "ab", "spans": [[1, 3, "x"]]}"#
    #expect(try read(span.utf8, as: .jsonl, wanting: .tags).message == "f:1:26: a span 1..<3 of a text of 2 characters")
  }

  @Test func fastText() throws {
    let content = "__label__x  a b\n__label__y __label__z c\n__label__x\n"
    let joined = try read(content.utf8, as: .fasttext) { $0.severalLabels = .join }
    #expect(
      joined
        == .records([
          Record(text: "a b", label: "x", line: 1), Record(text: "c", label: "y+z", line: 2),
          Record(text: "", label: "x", line: 3),
        ]))
    #expect(try read(content.utf8, as: .fasttext) { $0.severalLabels = .first }.records?[1].label == "y")
    #expect(
      try read(content.utf8, as: .fasttext).message
        == "f:2:1: 2 labels, expected one (\"severalLabels\": \"first\" takes the first, \"join\" joins them into one)")
    #expect(
      try read("a\n__label__ b\n__label__x c __label__y\n".utf8, as: .fasttext).message
        == "f:1:1: no label, expected a word that begins with __label__\nf:2:1: a label without a name\nf:3:14: a label "
        + "after the text has begun (put labels at the start of the line)")
  }

  @Test func foldersOfClasses() throws {
    let folder = try TemporaryFolder()
    for name in ["d/pos", "d/neg", "e"] { try folder.makeFolder(name) }
    try folder.write("good\nfilm\n".utf8, to: "d/pos/1.txt")
    try folder.write("bad".utf8, to: "d/neg/2.txt")
    try folder.write("about".utf8, to: "d/README")
    try folder.write("a\nb\n".utf8, to: "e/x.txt")
    try folder.write(folder.gzip(Array("c".utf8)), to: "e/y.txt.gz")
    func read(_ name: String) -> [Record]? {
      folder.outcome(of: name, options: ReadingOptions(), wanting: .label).records
    }
    #expect(read("d")?.map(\.label) == ["neg", "pos"])
    #expect(read("d")?.map(\.text) == ["bad", "good\nfilm"])
    #expect(read("e")?.map { "\($0.label ?? "") \($0.text ?? "") \($0.line)" } == ["x a 1", "x b 2", "y c 1"])
    try folder.makeFolder("empty")
    let outcome = folder.outcome(of: "empty", options: ReadingOptions(format: .folders), wanting: .label)
    #expect(
      outcome.message
        == "empty: no class in the folder (expected CLASS.txt with one text per line, or a folder CLASS of .txt files)")
    try folder.write([0x61, 0xFF], to: "e/z.txt")
    #expect(
      folder.outcome(of: "e", options: ReadingOptions(), wanting: .label).message?
        .hasPrefix("e/z.txt:1:2: byte 0xFF is not UTF-8") == true)
  }

  @Test func pairs() throws {
    #expect(
      try read("a \"b\tc d\nx\ty\n".utf8, as: .pairs, wanting: .target)
        == .records([Record(text: "a \"b", target: "c d", line: 1), Record(text: "x", target: "y", line: 2)]))
    let three = try read("l\tf\tw\n".utf8, as: .pairs, wanting: .target)
    #expect(three == .records([Record(text: "l", target: "w", line: 1)]))
    #expect(
      try read("a\tb\nc\nd\te\tf\n".utf8, as: .pairs, wanting: .target).message
        == "f:2:2: 1 column, expected 2 as in line 1\nf:3:5: 3 columns, expected 2 as in line 1")
    #expect(
      try read("a\n".utf8, as: .pairs, wanting: .target).message
        == "f:1: 1 column, expected a text and its target (a tab separates them)")
  }

  @Test func inline() throws {
    #expect(
      try read("a/X 1/2/Y\n\n b/Z \n".utf8, as: .inline, wanting: .tags)
        == .records([
          Record(tokens: ["a", "1/2"], tags: ["X", "Y"], line: 1), Record(tokens: ["b"], tags: ["Z"], line: 3),
        ]))
    #expect(
      try read("a/X b\n/X\n".utf8, as: .inline, wanting: .tags).message
        == "f:1:5: \"b\", expected a word, a slash and its tag\nf:2:1: \"/X\", expected a word, a slash and its tag")
  }

  /// Rows without quote marks do not go through libcsv: they must come out as if they did.
  @Test func rowsWithAndWithoutQuotesAreReadAlike() throws {
    for round in 0..<200 {
      var generator = Seed(5).child("rows", round).generator
      let alphabet = ["a", "é", " ", "\t", "漢", "\r", "'", ";"]
      let rows = (0...generator.index(below: 6)).map { _ in
        (0..<2).map { _ in
          "x" + (0..<generator.index(below: 6)).map { _ in alphabet[generator.index(below: alphabet.count)] }.joined()
            + "y"
        }
      }
      // In a file without line feeds, carriage returns would end lines.
      let plain = rows.map { $0.joined(separator: ",") + "\n" }.joined()
      let quoted = rows.map { $0.map { "\"\($0)\"" }.joined(separator: ",") + "\n" }.joined()
      let records = try read(plain.utf8, as: .csv) { $0.header = false }.records
      #expect(records != nil)
      #expect(try read(quoted.utf8, as: .csv) { $0.header = false }.records == records)
    }
  }

  @Test func aLongLineDoesNotExhaustTheMemory() throws {
    let folder = try TemporaryFolder()
    let line = [UInt8](repeating: 0x61, count: 100 << 20)
    let path = try folder.write(line, to: "f")
    for format in DataFormat.allCases where !format.isFolder && format != .brat {
      let outcome = folder.outcome(
        of: "f", options: ReadingOptions(format: format), wanting: format.provides.contains(.label) ? .label : .text)
      #expect(
        outcome
          == .failure(
            "f:1: a line longer than the limit of 16777216 bytes (raise data.maximumLineBytes)", .data), "\(format)")
    }
    let whole = try readAll(
      path: path, options: ReadingOptions(format: .lines, maximumLineBytes: 100 << 20), wanting: .text)
    #expect(whole.first?.text?.utf8.count == line.count)
  }
}
