import SeqCore
import SeqData
import SeqRecords
import Testing

/// Files that are not as they should be, and exactly what a user reads about it.
@Suite struct MalformedTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let format: DataFormat
    let wanted: Wanted
    let content: String
    let message: String

    init(_ format: DataFormat, _ content: String, _ message: String, wanting wanted: Wanted = .label) {
      (self.format, self.content, self.message, self.wanted) = (format, content, message, wanted)
    }

    var testDescription: String { message }
  }

  private static let tables: [Case] = [
    Case(.csv, "", "f: the file is empty, expected a header row"),
    Case(.csv, "\n\n", "f: the file is empty, expected a header row"),
    Case(.csv, "text,label\n\n", "f: no records after the header"),
    Case(
      .csv, "text,label\na,x\nb,c,y\n",
      "f:3:5: 3 columns, expected 2 (text, label) (quote fields that contain commas)"),
    Case(.csv, "text,label\n\"a\nb\",x\n\nc\n", "f:5:2: 1 column, expected 2 (text, label)"),
    Case(.csv, "text,label\né\"b,x\n", Self.quoteInside("2:2")),
    Case(.csv, "text,label\n \"b\",x\n", Self.quoteInside("2:2")),
    Case(.csv, "text,label\na,x\nb,y\"\n", Self.quoteInside("3:4")),
    Case(.csv, "text,label\n\"a\nb\" ,x\n", Self.textAfter("3:3", opening: "2:1")),
    Case(.csv, "text,label\na,\"x\"y\n", Self.textAfter("2:6", opening: "2:3")),
    Case(
      .csv, "text,label\na,x\nc,\"b,y\nd,z\n",
      "f:3:3: the quote mark that opens this field is never closed (close it, or set \"quoting\": false)"),
    Case(.csv, "text,label\na,\nb,x\nc,\" \"\n", "f:2:3: the label is empty, and 1 more like it"),
    Case(
      .csv, "text,la\rbel\na,x\n", "f:1:6: a carriage return in the header (end lines with line feeds)"),
    Case(
      .csv, "text;label\na, b;x\n",
      "f:1: no column \"text\": the header has one column \"text;label\", which looks separated by semicolons "
        + "(set \"delimiter\": \";\")"),
    Case(
      .csv, "v1;v2\na, b;x\n",
      "f:1: no column \"text\", found \"v1;v2\" (if semicolons separate columns, set \"delimiter\": \";\", "
        + "and say which column is the text: \"columns\": {\"text\": …})"),
    Case(
      .tsv, "text,label\na,x\n",
      "f:1: no column \"text\": the header has one column \"text,label\", which looks separated by commas "
        + "(set \"delimiter\": \",\")"),
    Case(
      .csv, "text\tlabel\tso,so\na\tx\ty\n",
      "f:1: no column \"text\": the header has 2 columns \"text\tlabel\tso,so\", which looks separated by tabs "
        + "(set \"delimiter\": \"tab\")"),
    Case(
      .csv, "Text,label\na,x\n",
      "f:1: no column \"text\", found \"Text\", \"label\" — did you mean \"Text\"? "
        + "(say which column is the text: \"columns\": {\"text\": …})"),
    Case(
      .tsv, "text\tlanguage\na\tx\n",
      "f:1: no column \"label\", found \"text\", \"language\" "
        + "(say which column is the label: \"columns\": {\"label\": …})"),
    Case(.tsv, "text\tlabel\n", "f: no records after the header"),
    Case(
      .tsv, "text\tlabel\na\tb\tc\n",
      "f:2:5: 3 columns, expected 2 (text, label) (quote fields that contain tabs)"),
  ]

  private static let lines: [Case] = [
    Case(.labelled, "", "f: the file is empty"),
    Case(
      .labelled, "1 a\n\n b\n",
      "f:2:1: an empty line, expected a label and a text\nf:3:1: the line starts with a space, expected a label"),
    Case(
      .lines, "a\n",
      "f: format lines holds no labels (formats that do: csv, tsv, jsonl, doccano, labelled, fasttext, "
        + "parallel, folders)"),
    Case(
      .csv, "a\n",
      "f: format csv holds no tags (formats that do: columns, conllu, jsonl, doccano, parallel, inline, brat)",
      wanting: .tags),
  ]

  private static let sentences: [Case] = [
    Case(.columns, "", "f: no sentences", wanting: .tags),
    Case(.columns, " \n\t\n-DOCSTART- O\n", "f: no sentences", wanting: .tags),
    Case(
      .columns, "\na\nb\n", "f:2: 1 column, expected a token and a tag (tabs or spaces separate columns)",
      wanting: .tags),
    Case(
      .columns, "a X B\n\nb O\nc X O Z\n",
      "f:3:4: 2 columns, expected 3 as in line 1\nf:4:7: 4 columns, expected 3 as in line 1", wanting: .tags),
    Case(.columns, "a\tO\nb\t\n\tO\n", "f:2:3: the tag is empty\nf:3:1: the token is empty", wanting: .tags),
    Case(.conllu, "# c\n\n", "f: no sentences", wanting: .tags),
    Case(
      .conllu, "1 a _ X\n", "f:1: 1 column, expected the 10 of CoNLL-U (they are separated by tabs)", wanting: .tags),
    Case(
      .conllu, Self.word("1") + Self.word("2") + Self.word("1") + Self.word("x") + "1\ta\n",
      "f:3:1: word number 1, expected 3 (a blank line must separate sentences)\nf:4:1: \"x\" is not a word "
        + "number\nf:5:4: 2 columns, expected 10", wanting: .tags),
    Case(.conllu, "1-\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "f:1:1: \"1-\" is not a word number", wanting: .tags),
  ]

  private static func quoteInside(_ position: String) -> String {
    "f:\(position): a quote mark inside an unquoted field "
      + "(quote the whole field and double the marks in it, or set \"quoting\": false)"
  }

  private static func textAfter(_ position: String, opening: String) -> String {
    "f:\(position): text after the closing quote mark of the field that opens at \(opening) "
      + "(double the quote marks inside a quoted field, or set \"quoting\": false)"
  }

  private static func word(_ id: String) -> String { id + "\ta\t_\tX\t_\t_\t_\t_\t_\t_\n" }

  @Test(arguments: tables + lines + sentences)
  func message(_ example: Case) throws {
    let outcome = try read(example.content.utf8, as: example.format, wanting: example.wanted)
    #expect(outcome == .failure(example.message, .data))
  }

  @Test func wrongColumns() throws {
    func message(_ format: DataFormat, _ content: String, _ columns: ColumnNames, header: Bool = true) throws -> String?
    {
      let wanted: Wanted = format == .csv ? .label : .tags
      return try read(content.utf8, as: format, wanting: wanted) { ($0.columns, $0.header) = (columns, header) }.message
    }
    #expect(
      try message(.csv, "text,label\n", ColumnNames(label: .index(2)))
        == "f:1: no column 2, found 2 columns (text, label) (say which column is the label: \"columns\": {\"label\": …})"
    )
    #expect(
      try message(.csv, "a,b\n", ColumnNames(label: .name("x")), header: false)
        == "f:1: no column \"x\": columns have no names here (give its number, from 0)")
    #expect(
      try message(.csv, "a\nb\n", ColumnNames(label: .index(0)), header: false)
        == "f:1: column 0 is both text and label")
    #expect(
      try message(.csv, "a;b\n", ColumnNames(), header: false)
        == "f:1: no column 1: the first row has one column \"a;b\", which looks separated by semicolons "
        + "(set \"delimiter\": \";\")")
    #expect(
      try message(.csv, "a,b\nc\n", ColumnNames(), header: false) == "f:2:2: 1 column, expected 2 as in line 1")
    #expect(
      try message(.columns, "a b\n", ColumnNames(tag: .index(-3)))
        == "f:1: no column -3, found 2 columns (say which column is the tag: \"columns\": {\"tag\": …})")
    #expect(try message(.columns, "a b\n", ColumnNames(token: .index(1))) == "f:1: column 1 is both token and tag")
    #expect(
      try message(.conllu, "", ColumnNames(tag: .name("upos")))?.hasPrefix("f: no column \"upos\", found \"ID\", ")
        == true)
    #expect(try message(.conllu, "", ColumnNames(tag: .name("upos")))?.contains("did you mean \"UPOS\"?") == true)
  }

  @Test func encodings() throws {
    func message(_ bytes: [UInt8], _ encoding: TextEncoding = .utf8) throws -> String? {
      try read(bytes, as: .labelled) { $0.encoding = encoding }.message
    }
    func remedy(_ name: String) -> String {
      " (if the file is \(name), say so: \"encoding\": \"\(name.lowercased())\")"
    }
    let (latin, windows) = (remedy("Latin-1"), remedy("Windows-1252"))
    #expect(try message(Array("1 a\n1 né".utf8) + [0xF0, 0x20]) == "f:2:5: byte 0xF0 is not UTF-8" + latin)
    #expect(try message([0x31, 0x20, 0xC0, 0xA0]) == "f:1:3: byte 0xC0 is not UTF-8" + latin)
    // What is no text in Latin-1; the bytes of well-formed UTF-8 say nothing.
    #expect(try message(Array("1 ".utf8) + [0xE2, 0x82]) == "f:1:3: byte 0xE2 is not UTF-8" + windows)
    #expect(try message([0x31, 0x20, 0xED, 0xA0, 0x80]) == "f:1:3: byte 0xED is not UTF-8" + windows)
    #expect(try message([0x31, 0x20, 0xC0, 0x80]) == "f:1:3: byte 0xC0 is not UTF-8" + windows)
    #expect(try message(Array("1 À".utf8) + [0xE9]) == "f:1:4: byte 0xE9 is not UTF-8" + latin)
    #expect(try message([0x31, 0x20, 0x61, 0]) == "f:1:4: a NUL byte, expected text (is this a text file?)")
    #expect(
      try message([0x31, 0x20, 0xE9, 0], .latin1) == "f:1:4: a NUL byte, expected text (is this a text file?)")
    #expect(
      try message([0xFF, 0xFE, 0x31, 0])
        == "f:1:1: this is UTF-16 text, expected UTF-8 (say so: \"encoding\": \"utf-16\")")
    #expect(
      try message([0xEF, 0xBB, 0xBF, 0x31, 0x20], .latin1)
        == "f:1:1: the file starts with the mark of UTF-8, but the encoding is set to latin-1 (\"encoding\": \"utf-8\")"
    )
  }

  @Test func parallelFiles() throws {
    let tags = try readParallel(["seq.in": "a b\nc\n", "seq.out": "O\nO\n"], wanting: .tags)
    #expect(tags == .failure("d/seq.out:1: 1 tag for the 2 tokens of d/seq.in:1", .data))
    let remedy = " (line n of one file must belong to line n of the other)"
    let short = try readParallel(["seq.in": "a\nb\nc\nd\n", "label": "x\n\n"], wanting: .label)
    #expect(
      short == .failure("d/label:2:1: the label is empty\nd/seq.in:3: 4 lines, but d/label has 2" + remedy, .data))
    let long = try readParallel(["seq.in": "", "label": "x\ny"], wanting: .label)
    #expect(long == .failure("d/label:1: 2 lines, but d/seq.in has 0" + remedy, .data))
    #expect(
      try readParallel(["seq.in": "", "label": ""], wanting: .label) == .failure("d: the files are empty", .data))
    let missing = try readParallel(["seq.in": "", "seq.out2": ""], wanting: .tags)
    #expect(missing == .failure("d/seq.out: no such file — did you mean \"d/seq.out2\"?", .missingInput))
    let numbered = try readParallel(["seq.in": ""], wanting: .text, ColumnNames(text: .index(0)))
    #expect(
      numbered.message == "d: number 0 for the text, expected the name of a file in the folder "
        + "(\"columns\": {\"text\": \"seq.in\"})")
  }

  @Test func stopsAtTwentyProblems() throws {
    // Rows of 3, 4, 5 … columns: different mistakes.
    func content(_ count: Int) -> String {
      let rows = (0..<count).map { "a" + String(repeating: ",b", count: $0 + 2) + "\n" }
      return "text,label\na,x\n" + rows.joined() + "a,\"b\"c\n"
    }
    let few = try read(content(20).utf8, as: .csv).message?.split(separator: "\n")
    #expect(few?.count == 21)
    #expect(few?.last?.hasPrefix("f:23:6: text after the closing quote mark") == true)
    let many = try read(content(21).utf8, as: .csv).message?.split(separator: "\n")
    #expect(many?.count == 21)
    #expect(many?[19].hasPrefix("f:22:") == true)
    #expect(many?.last == "f: more problems than these 20; the rest is not listed")
  }

  @Test func equalProblemsAreOneLine() throws {
    let content = "text,label\na,x\n" + String(repeating: "a\n", count: 30)
    #expect(
      try read(content.utf8, as: .csv)
        == .failure("f:3:2: 1 column, expected 2 (text, label), and 29 more like it", .data))
  }

  @Test func limits() throws {
    let limit: (inout ReadingOptions) -> Void = { $0.maximumLineBytes = 20 }
    let fits = String(repeating: "a", count: 18)
    #expect(try read("1 \(fits)\n".utf8, as: .labelled, wanting: .label, limit).records?.count == 1)
    #expect(
      try read("1 a\n1 \(fits)b\n".utf8, as: .labelled, wanting: .label, limit)
        == .failure("f:2: a line longer than the limit of 20 bytes (raise data.maximumLineBytes)", .data))
    #expect(
      try read("text,label\na,x\nb,\"\(fits.dropLast(4))\n\n\n\n\n".utf8, as: .csv, wanting: .label, limit)
        == .failure(
          "f:3:3: a row longer than the limit of 20 bytes (the quote mark here may be unpaired; else raise "
            + "data.maximumLineBytes)", .data))
    #expect(
      try read("\na b c\nd e f\ng h i\nj k l\n".utf8, as: .columns, wanting: .tags, limit)
        == .failure(
          "f:2: a sentence longer than the limit of 20 bytes "
            + "(blank lines separate sentences; else raise data.maximumLineBytes)", .data))
  }
}
