import SeqCore
import SeqData
import SeqRecords
import SeqTags
import SeqTestSupport
import SeqText
import Testing

/// What is written can be read again, and nothing is left out in silence.
@Suite struct WrittenBackTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// Converts some text and returns what is told; the new file is `out`.
  private func convert(
    _ content: String, _ from: DataFormat, to: DataFormat, _ change: (inout WritingOptions) -> Void = { _ in }
  ) throws -> [String] {
    try folder.write(content.utf8, to: "in")
    var writing = WritingOptions(format: to)
    change(&writing)
    do {
      let report = try Conversion(from: path("in"), ReadingOptions(format: from), to: path("out"), writing).run()
      return report.warnings.map { $0.replacing(folder.path + "/", with: "") }
    } catch {
      return error.description.replacing(folder.path + "/", with: "").split(separator: "\n").map(String.init)
    }
  }

  @Test(arguments: ["\n", "\r\n"]) func conlluKeepsLineEndsEmptyLinesAndLastComments(end: String) throws {
    let lines = [
      "", "# first", "", "# text = a", "1\ta\t_\tX\t_\t_\t_\t_\t_\t_", "", "", " \t", "# text = b c",
      "1-2\tbc\t_\t_\t_\t_\t_\t_\t_\t_", "1\tb\t_\tX\t_\t_\t_\t_\t_\t_", "2\tc\t_\tX\t_\t_\t_\t_\t_\t_", "\t", "",
      "# the end", "",
    ]
    let content = lines.map { $0 + end }.joined()
    #expect(try convert(content, .conllu, to: .conllu) == [])
    #expect(try FileSystem.readText(path("out")) == content)
    // Comments are a loss elsewhere, empty lines are none.
    #expect(
      try convert(content, .conllu, to: .columns) { $0.isLossy = true } == [
        "in:5: 2 records: columns cannot express comments, word ranges and empty nodes (left out)"
      ])
    #expect(try convert("# alone\n", .conllu, to: .conllu) == ["in:1: \"# alone\" belongs to no sentence"])
  }

  @Test(arguments: [
    "# 1\nAda B-PER\n\n# 2\nBo B-PER\n\n", "#\thttp\tso\n1\tAda\tO\tB-X\n\n#\thttp\tso\n1\tBo\tO\tO\n\n# the end\n",
    "-DOCSTART- O\n\n# 1\n# text = Ada\nAda O\n\n# 2\nBo O\n\n",
  ])
  func columnsKeepTheirComments(content: String) throws {
    #expect(try convert(content, .columns, to: .columns) == [])
    #expect(try FileSystem.readText(path("out")) == content)
    let lossy = try convert(content, .columns, to: .inline) { $0.isLossy = true }
    #expect(lossy.contains { $0.contains("inline cannot express comments (left out)") }, "\(lossy)")
  }

  @Test func conlluPlusIsWrittenAsItIs() throws {
    let content =
      "# global.columns = ID FORM X UPOS\n# text = a b\n1-2\tab\t_\t_\n1\ta\t_\tX\n2\tb\t_\t_\n\n# c\n1\td\t_\tY\n\n"
    #expect(try convert(content, .conllu, to: .conllu) == [])
    #expect(try FileSystem.readText(path("out")) == content)
    #expect(try convert(content, .conllu, to: .conllu) { $0.columns.tag = .name("X") } == [])
    // The line that names the columns is no comment of a sentence.
    #expect(try convert("# global.columns = ID FORM UPOS\n1\ta\tX\n\n", .conllu, to: .jsonl) == [])
  }

  @Test func columnsOfNoNameAndOfOneNameAreKept() throws {
    let content = "text,label,,extra,extra,\na,x,1,2,3,4\n"
    #expect(try convert(content, .csv, to: .jsonl) == [])
    #expect(
      try FileSystem.readText(path("out"))
        == "{\"text\":\"a\",\"label\":\"x\",\"column2\":\"1\",\"extra\":\"2\",\"extra_4\":\"3\",\"column5\":\"4\"}\n")
    let back = try FileSystem.readText(path("out"))
    #expect(try convert(back, .jsonl, to: .csv) == [])
    #expect(try FileSystem.readText(path("out")) == "text,label,column2,extra,extra_4,column5\na,x,1,2,3,4\n")
    #expect(try convert(content, .csv, to: .csv) == [])
    #expect(try FileSystem.readText(path("out")) == "text,label,column2,extra,extra_4,column5\na,x,1,2,3,4\n")
  }

  @Test func anyDelimiterIsWritten() throws {
    #expect(try convert("text,label\n\"a;b\",x\n", .csv, to: .csv) { $0.delimiter = Delimiter(";") } == [])
    #expect(try FileSystem.readText(path("out")) == "text;label\n\"a;b\";x\n")
  }

  @Test func endsOfLinesMayBeMixed() throws {
    let content = "1\ta\t_\tX\t_\t_\t_\t_\t_\t_\r\n\n1\tb\t_\tX\t_\t_\t_\t_\t_\t_\n\r\n\n"
    #expect(try convert(content, .conllu, to: .conllu) == [])
    #expect(try FileSystem.readText(path("out")) == content)
    // What the standard demands behind the last sentence is added.
    #expect(try convert("1\ta\t_\tX\t_\t_\t_\t_\t_\t_\r\n", .conllu, to: .conllu) == [])
    #expect(try FileSystem.readText(path("out")) == "1\ta\t_\tX\t_\t_\t_\t_\t_\t_\r\n\r\n")
  }

  @Test(.timeLimit(.minutes(30))) func manyEmptyLinesTakeNoLonger() throws {
    let content = String(repeating: "\r\n", count: 500_000) + "1\ta\t_\tX\t_\t_\t_\t_\t_\t_\n\n"
    #expect(try convert(content, .conllu, to: .conllu) == [])
    #expect(try FileSystem.readText(path("out")).utf8.elementsEqual(content.utf8))
  }

  private static let records: [(DataFormat, String)] = [
    (.csv, #"{"text":"Xa","label":"l"}"#), (.tsv, #"{"text":"Xa","label":"l"}"#), (.lines, #"{"text":"Xa"}"#),
    (.labelled, #"{"text":"a","label":"Xl"}"#), (.pairs, #"{"text":"Xa","target":"b"}"#),
    (.columns, #"{"tokens":["Xa"],"tags":["B"]}"#), (.inline, #"{"tokens":["Xa"],"tags":["B"]}"#),
    (.jsonl, #"{"text":"Xa","label":"l"}"#), (.parallel, #"{"text":"Xa","label":"Xl"}"#),
    (.folders, #"{"text":"Xa","label":"l"}"#), (.fasttext, #"{"text":"Xa","label":"Xl"}"#),
    (.conllu, #"{"tokens":["Xa"],"tags":["B"]}"#),
  ]

  @Test(arguments: records) func aLeadingMarkComesBack(format: DataFormat, record: String) throws {
    let json = record.replacing("X", with: "\u{FEFF}") + "\n"
    #expect(try convert(json, .jsonl, to: format) { $0.header = false } == [])
    let reading = ReadingOptions(format: format, header: false)
    _ = try Conversion(from: path("out"), reading, to: path("again"), WritingOptions(format: .jsonl)).run()
    #expect(Array(try FileSystem.readText(path("again")).unicodeScalars) == Array(json.unicodeScalars))
  }

  @Test(arguments: records) func aNULIsRefusedOrEscaped(format: DataFormat, record: String) throws {
    let told = try convert(record.replacing("X", with: "\\u0000") + "\n", .jsonl, to: format)
    if format == .jsonl { return #expect(told == []) }
    #expect(!told.isEmpty && told.allSatisfy { $0.contains("cannot express NUL characters in ") }, "\(told)")
  }

  @Test func aTextUnlikeItsTokensIsTold() throws {
    let json = """
      {"text":"a b","tokens":["a","b"],"tags":["X","Y"]}
      {"text":"something else","tokens":["c"],"tags":["X"]}
      {"text":"more","tokens":["d"],"tags":["Y"]}

      """
    let told = "in:2: 2 records have a text that does not consist of its tokens; the tokens were written"
    #expect(try convert(json, .jsonl, to: .columns) == [told])
    #expect(
      try convert(json, .jsonl, to: .csv) { $0.isLossy = true }.last == told.replacing("tokens were", with: "text was"))
    #expect(try convert(json, .jsonl, to: .jsonl) == [])
  }

  @Test func whatIsAskedForInVainIsTold() throws {
    func vain(_ record: String, _ format: DataFormat, _ change: (inout WritingOptions) -> Void) throws -> [String] {
      try convert(record + "\n", .jsonl, to: format, change)
    }
    let (text, tagged) = (#"{"text":"a","label":"l"}"#, #"{"tokens":["a"],"tags":["O"]}"#)
    #expect(try vain(text, .csv) { $0.scheme = .bioes } == ["--scheme: csv holds no tags"])
    #expect(try vain(tagged, .columns) { $0.asSpans = true } == ["--spans: columns holds no spans"])
    let words = TokenizerSettings(kind: .word)
    #expect(try vain(text, .csv) { $0.segmentation = words } == ["--tokenizer: csv holds texts, which are not split"])
    #expect(try vain(text, .jsonl) { $0.scheme = .bioes } == ["--scheme had no effect: no record has tags"])
    #expect(try vain(tagged, .jsonl) { $0.scheme = .bioes } == [])
    #expect(
      try vain(tagged, .columns) { $0.segmentation = words }
        == ["--tokenizer had no effect: no text had to be split into tokens"])
  }
}
