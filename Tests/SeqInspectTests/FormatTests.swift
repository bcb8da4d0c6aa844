import SeqCore
import SeqData
import SeqInspect
import SeqRecords
import SeqTestSupport
import Testing

/// Each format is checked with line and column, split and mended without a byte changed that need not be.
struct FormatTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var content: String
    var wanted: Wanted
    var findings: [String]
    var testDescription: String { name + " " + wanted.rawValue }
  }

  @Test(arguments: [
    Case(
      name: "train.jsonl",
      content: """
        {"text": "one two", "label": "a"}

        {"label": "b", "text": "three\u{200B}four"}
        {"text": "one two", "label": "b"}
        {"text": 5}

        """, wanted: .label,
      findings: ["train.jsonl:5:10 unreadable", "train.jsonl:3:30 zero-width", "train.jsonl:4:30 conflict"]),
    Case(
      name: "train.jsonl",
      content: """
        {"tokens": ["c"], "tags": ["B-X"]}
        {"tokens": ["a", "b"], "tags": ["O", "I-X"]}

        """, wanted: .tags, findings: ["train.jsonl:2:38 tag-sequence"]),
    Case(
      name: "train.ft", content: "__label__a one two\n  __label__b one two\nno label\n", wanted: .label,
      findings: ["train.ft:3:1 unreadable", "train.ft:2:3 conflict"]),
    Case(
      name: "train.pairs", content: "a\tb\nc\na\td\n", wanted: .target,
      findings: ["train.pairs:2:2 unreadable", "train.pairs:3:1 conflict"]),
    Case(
      name: "train.inline", content: "a/B-X b/I-X\n\nc/O d/I-X\ne\n", wanted: .tags,
      findings: ["train.inline:4:1 unreadable", "train.inline:3:7 tag-sequence"]),
  ]) func findingsHaveLineAndColumn(_ example: Case) throws {
    let checked = try Checked(example.content, name: example.name, wanted: example.wanted)
    #expect(checked.findings == example.findings)
  }

  @Test func filesOfAFolderAreNamed() throws {
    let folder = try Workspace()
    try folder.write("one two", to: "train/a/1.txt")
    try folder.write("one two", to: "train/b/2.txt")
    try folder.write("x y\nz\u{200B}", to: "train/b/3.txt")
    try folder.write([0xFF, 0xFE, 0x41, 0x00], to: "train/b/4.txt")
    try folder.write("one two", to: "test/b/5.txt")
    let report = try DataCheck(Checked.data(["train", "test"], in: folder)).run()
    let found = report.groups.flatMap(\.shown).map { "\($0)".dropFirst(folder.path.count + 1) }
    #expect(found.contains { $0.hasPrefix("train/b/4.txt:1:1: error: this is UTF-16 text") })
    #expect(found.contains { $0.hasPrefix("train/b/3.txt:2:2: warning: an invisible character") })
    #expect(
      found.contains {
        $0.hasPrefix("train/b/2.txt:1:1: warning: \"one two\" is b here and a at \(folder.path)/train/a/1.txt:1")
      })
    #expect(
      found.contains {
        $0.hasPrefix("test/b/5.txt:1:1: warning: \"one two\" is also in train, \(folder.path)/train/a/1.txt:1")
      })
    #expect(report.parts.map(\.records) == [3, 1])
  }

  @Test func otherEncodings() throws {
    var options = ReadingOptions(encoding: .utf16)
    let wide = "\u{FEFF}text,label\nx\u{200B}y,a\nb\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let checked = try Checked([("train.csv", wide)], reading: options)
    #expect(checked.findings == ["train.csv:3:2 unreadable", "train.csv:2:2 zero-width"])
    options.encoding = .gb18030
    let chinese = Array("text,label\n".utf8) + [0xBA, 0xC3] + Array(",a\n".utf8) + [0xBA, 0xC3] + Array("\n".utf8)
    #expect(try Checked([("train.csv", chinese)], reading: options).findings == ["train.csv:3:2 unreadable"])
  }

  @Test(arguments: [
    (
      "data.jsonl", Wanted.label,
      (0..<20).map { "{\"text\": \"t\($0)\",  \"label\": \($0 % 2)}\r\n" + ($0 == 7 ? "\n" : "") }
    ),
    ("data.ft", .label, (0..<20).map { "__label__\($0 % 2)  text \($0)\n" }),
    ("data.pairs", .target, (0..<20).map { "text \($0)\t\"target \($0)\n" }),
    ("data.inline", .tags, (0..<20).map { "a/b/X  c\($0)/Y\n" + ($0 == 3 ? " \n\n" : "") }),
  ]) func splitsKeepEveryByte(name: String, wanted: Wanted, records: [String]) throws {
    let folder = try Workspace()
    try folder.write(records.joined(), to: name)
    let data = try Checked.data([name], in: folder, wanted: wanted)
    let written = try FileSplit(data, plan: .parts(dev: 0.2, test: 0.2), seed: 1).write(to: folder.path + "/out")
    #expect(written.map(\.records).reduce(0, +) == 20 && written.count == 3)
    var rest = Set(records)
    for file in folder.files("out") {
      var text = try folder.bytes("out/" + file)[...]
      while let record = rest.first(where: { text.starts(with: $0.utf8) }) {
        text = text.dropFirst(record.utf8.count)
        rest.remove(record)
      }
      #expect(text.isEmpty)
    }
    #expect(rest.isEmpty)
  }

  @Test(arguments: [true, false]) func aSplitFolderIsAFolder(isOneText: Bool) throws {
    let folder = try Workspace()
    var expected: [String] = []
    for label in ["a", "b"] {
      for number in 0..<10 where isOneText {
        try folder.write("text \(number)\r\nof \(label)", to: "data/\(label)/\(number).txt")
        expected.append("\(label)/\(number).txt")
      }
      if !isOneText {
        try folder.write((0..<10).map { "text \($0) of \(label)\n" }.joined(), to: "data/\(label).txt")
      }
    }
    let data = try Checked.data(["data"], in: folder)
    _ = try FileSplit(data, plan: .parts(dev: 0, test: 0.3), seed: 1).write(to: folder.path + "/out")
    if isOneText {
      let files = folder.files("out")
      #expect(files.map { $0.drop { $0 != "/" }.dropFirst() }.sorted() == expected.map { $0[...] })
      #expect(files.count { $0.hasPrefix("test/") } == 6)
      for file in files {
        #expect(try folder.bytes("out/" + file) == folder.bytes("data/" + file.drop { $0 != "/" }.dropFirst()))
      }
    } else {
      #expect(folder.files("out") == ["test/a.txt", "test/b.txt", "train/a.txt", "train/b.txt"])
      #expect(try folder.text("out/test/a.txt").split(separator: "\n").count == 3)
      #expect(try folder.text("out/train/a.txt").split(separator: "\n").count == 7)
    }
    let again = try readAll(path: folder.path + "/out/train", wanting: .label)
    #expect(again.count == 14 && Set(again.compactMap(\.label)) == ["a", "b"])
  }

  @Test func groupsNeedColumns() throws {
    let folder = try Workspace()
    try folder.write((0..<20).map { "__label__\($0 % 2) text \($0)\n" }.joined(), to: "data.ft")
    let data = try Checked.data(["data.ft"], in: folder)
    let split = FileSplit(data, plan: .parts(dev: 0, test: 0.3), group: .name("who"), seed: 1)
    #expect(throws: SeqError.self) { try split.write(to: folder.path + "/out") }
    try folder.write(
      (0..<40).map { "{\"text\": \"t\($0)\", \"label\": 1, \"who\": \($0 % 5)}\n" }.joined(), to: "data.jsonl")
    let objects = try Checked.data(["data.jsonl"], in: folder)
    _ = try FileSplit(objects, plan: .parts(dev: 0, test: 0.4), group: .name("who"), seed: 1)
      .write(to: folder.path + "/out")
    func who(_ name: String) throws -> Set<Substring> {
      Set(try folder.text("out/" + name).split(separator: "\n").compactMap { $0.split(separator: " ").last })
    }
    #expect(try who("test.jsonl").isDisjoint(with: who("train.jsonl")))
  }

  @Test func wideCharactersAreNotCutAsBytes() throws {
    let folder = try Workspace()
    try folder.write(
      "\u{FEFF}text,label\nx,a\ny,b\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, to: "data.csv")
    let data = try Checked.data(["data.csv"], in: folder, reading: ReadingOptions(encoding: .utf16))
    let error = #expect(throws: SeqError.self) {
      try FileSplit(data, plan: .parts(dev: 0, test: 0.5), seed: 1).write(to: folder.path + "/out")
    }
    #expect(error?.diagnostics[0].remedy?.contains("seqtool convert") == true)
    #expect(!folder.exists("out"))
  }

  @Test func chineseBytesAreKept() throws {
    let folder = try Workspace()
    let rows = (UInt8(0xA1)...0xB0).map { Array("\"".utf8) + [0xBA, $0, 0xC3, 0x5C] + Array("\",a\n".utf8) }
    try folder.write(Array("text,label\n".utf8) + rows.joined(), to: "data.csv")
    let data = try Checked.data(["data.csv"], in: folder, reading: ReadingOptions(encoding: .gb18030))
    _ = try FileSplit(data, plan: .parts(dev: 0, test: 0.5), seed: 1).write(to: folder.path + "/out")
    let parts = try folder.files("out").map { try folder.bytes("out/" + $0).dropFirst(11) }
    #expect(parts.joined().count == rows.joined().count)
    for row in rows {
      #expect(parts.contains { part in part.indices.contains { part[$0...].starts(with: row) } })
    }
  }
}

extension FormatTests {
  private func mended(_ content: String, _ name: String, _ wanted: Wanted = .label) throws -> String {
    let folder = try Workspace()
    try folder.write(content, to: name)
    let data = try Checked.data([name], in: folder, wanted: wanted)
    _ = try DataRepair(data, dropping: []).write(to: folder.path + "/out")
    return try folder.text("out/" + name)
  }

  @Test func tagsAreMendedInPlace() throws {
    let objects =
      "{\"tokens\": [\"c\"], \"tags\": [\"B-X\"]}\n\n{\"tags\":[ \"O\" ,\"I-X\"], \"tokens\": [\"ü\", \"b\"]}\n"
    #expect(try mended(objects, "train.jsonl", .tags) == objects.replacing("I-X", with: "B-X"))
    #expect(try mended("a/B-X b/I-X\nc/O  d/e/I-X\n", "train.inline", .tags) == "a/B-X b/I-X\nc/O  d/e/B-X\n")
  }

  @Test func positionsInTextStayRight() throws {
    let spans = "{\"text\": \"x\u{200B}y zz\", \"label\": 1, \"spans\": [[4, 6, \"Z\"]]}\n"
    #expect(try mended(spans, "train.jsonl") == spans)
    let plain = "{\"text\": \"x\u{200B}y zz\", \"label\": 1}\n"
    #expect(try mended(plain, "train.jsonl") == plain.replacing("\u{200B}", with: ""))
    let space = spans.replacing("\u{200B}", with: "\u{A0}")
    #expect(try mended(space, "train.jsonl") == space.replacing("\u{A0}", with: " "))
  }

  @Test func labelsAndWordsKeepTheirSpaces() throws {
    #expect(try mended("__label__a\u{A0}b x\u{A0}y\n", "train.ft") == "__label__a\u{A0}b x y\n")
    #expect(try mended("a\u{A0}b/X c/Y\n", "train.inline", .tags) == "a\u{A0}b/X c/Y\n")
    #expect(try mended("\u{200B}/X c/Y\n", "train.inline", .tags) == "\u{200B}/X c/Y\n")
    #expect(try mended("x\u{A0}y\tz\n", "train.pairs", .target) == "x y\tz\n")
  }

  @Test func aFolderIsMendedFileByFile() throws {
    let folder = try Workspace()
    try folder.write("\u{FEFF}one\u{A0}two", to: "train/a/1.txt")
    try folder.write("one two", to: "train/b/2.txt")
    try folder.write("three\r\nfour", to: "train/b/3.txt")
    try folder.write([0xFF, 0xFE, 0x41, 0x00], to: "train/b/4.txt")
    try folder.write("three\nfour", to: "test/b/5.txt")
    let data = try Checked.data(["train", "test"], in: folder)
    let lines = try DataRepair(data, dropping: [.leaks]).write(to: folder.path + "/out").lines
    #expect(folder.files("out") == ["test/b/5.txt", "train/a/1.txt", "train/b/2.txt"])
    #expect(try folder.text("out/train/a/1.txt") == "one two")
    #expect(lines.count == 3 && lines[1] == "train: 1 record left out: text is in another part")
    #expect(lines[0].hasSuffix("1 record that cannot be read left out (\(folder.path)/train/b/4.txt:1)"))
  }
}
