import SeqCore
import SeqData
import SeqRecords
import Testing

/// Files that are as they should be, in all the ways they can be.
@Suite struct WellFormedTests {
  private func labelled(_ rows: [(String, String, Int)]) -> TemporaryFolder.Outcome {
    .records(rows.map { Record(text: $0.0, label: $0.1, line: $0.2) })
  }

  @Test(arguments: [
    "text,label\na,x\nb,y\n", "text,label\na,x\nb,y", "text,label\r\na,x\r\nb,y\r\n", "text,label\r\na,x\r\nb,y\r",
    "\u{FEFF}text,label\na,x\nb,y\n", "\u{FEFF}\"text\",\"label\"\na,x\nb,y\n",
    "\"text\",label\n\"a\",x\n\"b\",\"y\"\n",
  ])
  func lineEndsAndMarks(_ content: String) throws {
    #expect(try read(content.utf8, as: .csv) == labelled([("a", "x", 2), ("b", "y", 3)]))
  }

  @Test func csvFields() throws {
    let content = #"""
      text,label
      "a, b",x

      "say ""hi""",y
      "two
      lines",z


       blanks\#tkept  , w
      "",e
      ,e
      """#
    #expect(
      try read(content.utf8, as: .csv)
        == labelled([
          ("a, b", "x", 2), ("say \"hi\"", "y", 4), ("two\nlines", "z", 5), (" blanks\tkept  ", " w", 9), ("", "e", 10),
          ("", "e", 11),
        ]))
  }

  @Test func quotedLineEndsAreLineFeeds() throws {
    let content = "text,label\r\n\"a\r\n\r\nb\",x\r\nc,y\r\n"
    #expect(try read(content.utf8, as: .csv) == labelled([("a\n\nb", "x", 2), ("c", "y", 5)]))
  }

  @Test func strayCarriageReturnsAreData() throws {
    #expect(try read("text,label\na\rb,x\n".utf8, as: .csv) == labelled([("a\rb", "x", 2)]))
    #expect(try read("x a\rb\n".utf8, as: .labelled) == labelled([("a\rb", "x", 1)]))
  }

  @Test func blankQuotedLineIsNoBlankLine() throws {
    #expect(try read("text,label\n\"\n\",x\n".utf8, as: .csv) == labelled([("\n", "x", 2)]))
  }

  @Test func columnsByNameAndNumber() throws {
    let content = "label,score,review\nx,1,good\n"
    let expected = labelled([("good", "x", 2)])
    #expect(try read(content.utf8, as: .csv) { $0.columns.text = .name("review") } == expected)
    #expect(
      try read(content.utf8, as: .csv) { $0.columns = ColumnNames(text: .index(-1), label: .index(0)) } == expected)
  }

  @Test func unnamedIndexColumn() throws {
    #expect(try read(",text,label\n0,a,x\n".utf8, as: .csv) == labelled([("a", "x", 2)]))
  }

  @Test func withoutHeader() throws {
    #expect(try read("a,x\nb,y\n".utf8, as: .csv) { $0.header = false } == labelled([("a", "x", 1), ("b", "y", 2)]))
    #expect(
      try read("x\ta,b\n".utf8, as: .tsv) {
        $0.header = false
        $0.columns = ColumnNames(text: .index(1), label: .index(0))
      } == labelled([("a,b", "x", 1)]))
  }

  @Test func tsvQuoting() throws {
    #expect(try read("text\tlabel\n\"a\tb\"\tx\n".utf8, as: .tsv) == labelled([("a\tb", "x", 2)]))
    let content = "text\tlabel\n \"a\" said\tx\n\"b\ty\n"
    #expect(
      try read(content.utf8, as: .tsv) { $0.quoting = false } == labelled([(" \"a\" said", "x", 2), ("\"b", "y", 3)]))
  }

  @Test func labelledLines() throws {
    let content = "1 a  film \nDESC:manner\thow ?\n0 \n0\r\n"
    #expect(
      try read(content.utf8, as: .labelled)
        == labelled([("a  film ", "1", 1), ("how ?", "DESC:manner", 2), ("", "0", 3), ("", "0", 4)]))
  }

  @Test func plainLines() throws {
    let expected = [Record(text: " a ", line: 1), Record(text: "", line: 2), Record(text: "b", line: 3)]
    #expect(try read(" a \r\n\nb".utf8, as: .lines, wanting: .text) == .records(expected))
  }

  @Test func textOnlyNeedsNoLabel() throws {
    #expect(try read("text\na\n".utf8, as: .csv, wanting: .text) == .records([Record(text: "a", line: 2)]))
    #expect(try read(" a\n".utf8, as: .labelled, wanting: .text) == .records([Record(text: "a", line: 1)]))
    #expect(try read("".utf8, as: .lines, wanting: .text) == .records([]))
    #expect(try read([0xEF, 0xBB, 0xBF], as: .lines, wanting: .text) == .records([]))
  }

  @Test func latin1() throws {
    let content = Array("text,label\ncaf".utf8) + [0xE9, 0x2C, 0x78, 0x0A]
    #expect(try read(content, as: .csv) { $0.encoding = .latin1 } == labelled([("café", "x", 2)]))
  }

  @Test func sentencesInColumns() throws {
    let content = """
      -DOCSTART- -X- O

      The  DT B-NP
      cat  NN I-NP
       \t
      -DOCSTART-
      New York\tNNP\tB-NP
       \tSP\tO
      """
    let expected = [
      Record(tokens: ["The", "cat"], tags: ["B-NP", "I-NP"], line: 3),
      Record(tokens: ["New York", " "], tags: ["B-NP", "O"], line: 7),
    ]
    #expect(try read(content.utf8, as: .columns, wanting: .tags) == .records(expected))
    let tokens = expected.map { Record(tokens: $0.tokens, line: $0.line) }
    #expect(try read(content.utf8, as: .columns, wanting: .text) == .records(tokens))
    let middle = try read(content.utf8, as: .columns, wanting: .tags) { $0.columns.tag = .index(1) }
    #expect(middle.records?.map(\.tags) == [["DT", "NN"], ["NNP", "SP"]])
  }

  @Test func tokensAlone() throws {
    #expect(
      try read("a\nb\n\nc".utf8, as: .columns, wanting: .text)
        == .records([Record(tokens: ["a", "b"], line: 1), Record(tokens: ["c"], line: 4)]))
  }

  @Test func conllu() throws {
    let content = """
      # text = vámonos al mar
      1-2\tvámonos\t_\t_\t_\t_\t_\t_\t_\t_
      1\tvamos\tir\tVERB\tV\tMood=Imp\t0\troot\t_\t_
      2\tnos\t_\tPRON\tP\t_\t1\tobj\t_\t_
      2.1\tx\t_\tX\tX\t_\t_\t_\t_\t_

      # second
      1\t#\t_\tSYM\tS\t_\t0\troot\t_\t_
      """
    let expected = [
      Record(tokens: ["vamos", "nos"], tags: ["VERB", "PRON"], line: 2),
      Record(tokens: ["#"], tags: ["SYM"], line: 8),
    ]
    #expect(try read(content.utf8, as: .conllu, wanting: .tags) == .records(expected))
    let features = try read(content.utf8, as: .conllu, wanting: .tags) { $0.columns.tag = .name("FEATS") }
    #expect(features.records?.map(\.tags) == [["Mood=Imp", "_"], ["_"]])
  }

  @Test func parallelFiles() throws {
    let files = ["seq.in": "to  rome\n\nhere\n", "seq.out": "O B-city\n\nO\n", "label": "go\nnone\nbe#at\n"]
    #expect(
      try readParallel(files, wanting: .tags)
        == .records([
          Record(tokens: ["to", "rome"], tags: ["O", "B-city"], line: 1), Record(tokens: [], tags: [], line: 2),
          Record(tokens: ["here"], tags: ["O"], line: 3),
        ]))
    #expect(
      try readParallel(files, wanting: .label)
        == labelled([("to  rome", "go", 1), ("", "none", 2), ("here", "be#at", 3)]))
    let renamed = try readParallel(
      ["x": "a\n", "y": "b\n"], wanting: .label, ColumnNames(text: .name("x"), label: .name("y")))
    #expect(renamed == labelled([("a", "b", 1)]))
  }

  @Test func formatsByExtension() {
    let expected: [(String, DataFormat?)] = [
      ("a.csv", .csv), ("x/a.TSV", .tsv), ("a.conllu.gz", .conllu), ("a.conll", .columns), ("a.bio", .columns),
      ("a.iob.gz", .columns), ("train.char.bmes", .columns), ("a.txt", .lines), ("a", nil), ("csv", nil), ("a.gz", nil),
      ("a.csv/b", nil), ("-", nil), ("", nil),
    ]
    for (path, format) in expected { #expect(DataFormat(inferredFrom: path) == format, "\(path)") }
  }
}
