import SeqCore
import SeqText
import Testing

/// A builder that has counted tokens.
private func counted(_ tokens: [String]) -> VocabularyBuilder {
  var builder = VocabularyBuilder()
  builder.add(contentsOf: tokens)
  return builder
}

/// The description of the error of a body.
private func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}

/// Tokens that a careless file form would lose.
private let nasty = [
  "\n", "\t", "\r", "\r\n", "\\", "\\n", "\0", " ", "  ", " a", "a ", "a b", "<pad>", "<unk>", "\\<pad>", "<", "<pad> ",
  "\u{A0}", "a\u{A0}b", "\u{2028}", "\u{85}", "\u{FEFF}", "\u{FEFF}a", "\u{301}", "e\u{301}", "é", "\u{7F}",
  "\u{1B}[0m", "u{41}", "\\u{41}", "{", "}", "🇩🇪", "👩‍👩‍👧‍👦", "#", "\"", "'", "\u{200D}", "\u{10FFFF}", "\u{E000}", "",
]

@Suite struct VocabularyTests {
  @Test func order() {
    let vocabulary = counted(["b", "a", "c", "c", "z", "é", "B", "\u{1F600}", "\u{FF21}"]).build()
    #expect(vocabulary.entries == ["c", "B", "a", "b", "z", "é", "\u{FF21}", "\u{1F600}"])
    #expect(vocabulary.count == 10)
    #expect(vocabulary.id(of: "c") == 2)
    #expect(vocabulary.id(of: "none") == Vocabulary.unknownID)
    #expect((0..<Int32(vocabulary.count)).map { vocabulary[$0] } == ["<pad>", "<unk>"] + vocabulary.entries)
  }

  @Test func orderOfInsertionDoesNotMatter() {
    let tokens = (0..<500).map { "t\($0 % 217)" } + nasty
    let forwards = counted(tokens).build().text()
    var halves = counted(Array(tokens.prefix(300)).reversed())
    halves.merge(counted(Array(tokens.dropFirst(300))))
    #expect(counted(tokens.reversed()).build().text() == forwards)
    #expect(halves.build().text() == forwards)
    #expect(halves.total == tokens.count)
  }

  @Test func minimumCountAndMaximumSize() {
    let builder = counted(["a", "a", "a", "b", "b", "c", "d"])
    #expect(builder.build(minimumCount: 2).entries == ["a", "b"])
    #expect(builder.build(maximumSize: 3).entries == ["a", "b", "c"])
    #expect(builder.build(minimumCount: 2, maximumSize: 1).entries == ["a"])
    #expect(builder.build(maximumSize: 0).count == 2)
    #expect(builder.build(minimumCount: 9).entries.isEmpty)
    #expect(builder.distinct == 4)
    #expect(builder.count(of: "a") == 3)
  }

  @Test func codePointsTellEntriesApart() {
    let vocabulary = counted(["e\u{301}", "é", "é"]).build()
    #expect(vocabulary.count == 4)
    #expect(vocabulary.id(of: "é") == 2)
    #expect(vocabulary.id(of: "e\u{301}") == 3)
    #expect(vocabulary != Vocabulary(["e\u{301}", "é"]))
    #expect(!Vocabulary(["é"]).contains("e\u{301}"))
  }

  /// No text of the data can have the id of the padding.
  @Test func specialsAreNoTokens() {
    let plain = Vocabulary(["a"])
    #expect(plain.id(of: "<pad>") == Vocabulary.unknownID)
    #expect(!plain.contains("<unk>"))
    #expect(Vocabulary(["a", "<pad>"]).id(of: "<pad>") == 3)
  }

  @Test func coverage() {
    let vocabulary = Vocabulary(["a", "b"])
    #expect(vocabulary.coverage(of: ["a", "a", "b", "x"]) == Coverage(known: 3, total: 4))
    #expect(vocabulary.coverage(of: counted(["a", "a", "b", "x"])).share == 0.75)
    #expect(vocabulary.coverage(of: []).share == 1)
  }

  /// Many tokens of all lengths, through every growth of the table.
  @Test func everyIdIsFound() {
    let tokens = (0..<3_000).map { String(repeating: "ab\u{E9}", count: $0 % 23) + "\($0)" }
    let vocabulary = Vocabulary(tokens)
    #expect(vocabulary.count == 3_002)
    #expect(tokens.indices.allSatisfy { vocabulary.id(of: tokens[$0]) == Int32($0 + 2) })
    #expect(tokens.allSatisfy { !vocabulary.contains($0 + "-") })
  }

  @Test func repeatedEntriesCountOnce() { #expect(Vocabulary(["a", "b", "a"]).entries == ["a", "b"]) }
}

@Suite struct VocabularyFileTests {
  @Test func form() {
    let vocabulary = Vocabulary(["the", "a b", " ", "\n", "\\", "<pad>", "", "\u{A0}x\u{FEFF}"])
    let text = "<pad>\n<unk>\nthe\na b\n\\u{20}\n\\n\n\\\\\n\\<pad>\n\\u{}\n\\u{A0}x\\u{FEFF}\n"
    #expect(scalars([vocabulary.text()]) == scalars([text]))
  }

  @Test func nastyTokensSurvive() throws {
    let vocabulary = Vocabulary(nasty)
    let text = vocabulary.text()
    #expect(text.utf8.count { $0 == 0x0A } == nasty.count + 2)
    #expect(!text.utf8.contains { $0 < 0x20 && $0 != 0x0A })
    let read = try Vocabulary(parsing: text, file: "tokens.txt")
    #expect(read == vocabulary)
    #expect(scalars(read.entries) == scalars(nasty))
    #expect(scalars([read.text()]) == scalars([text]))
  }

  @Test func randomTokensSurvive() throws {
    let vocabulary = Vocabulary((0..<2_000).map(RandomText.line))
    #expect(try Vocabulary(parsing: vocabulary.text(), file: "f") == vocabulary)
  }

  @Test func lenientForms() throws {
    #expect(try Vocabulary(parsing: "<pad>\r\n<unk>\r\na\r\n", file: "f") == Vocabulary(["a"]))
    #expect(try Vocabulary(parsing: "<pad>\n<unk>\na", file: "f") == Vocabulary(["a"]))
    #expect(try Vocabulary(parsing: "<pad>\n<unk>", file: "f") == Vocabulary([]))
    #expect(try Vocabulary(parsing: "<pad>\n<unk>\n\\u{41}b\tc\n\\<x", file: "f") == Vocabulary(["Ab\tc", "<x"]))
  }

  @Test(arguments: [
    ("", "v.txt:1: expected <pad>, found the end of the file\nv.txt:2: expected <unk>, found the end of the file"),
    ("<pad>\n", "v.txt:2: expected <unk>, found the end of the file"),
    ("the\n<unk>\n", "v.txt:1: expected <pad>, found \"the\""),
    ("<pad>\n\nthe\n", "v.txt:2: expected <unk>, found an empty line"),
    ("<pad>\n<unk>\na\nb\na\n", "v.txt:5: \"a\" is already on line 3"),
    ("<pad>\n<unk>\na\n\\u{61}\n", "v.txt:4: \"\\u{61}\" is already on line 3"),
    ("<pad>\n<unk>\na\n\nb\n", "v.txt:4: expected an entry, found an empty line (an empty entry is written \\u{})"),
    ("<pad>\n<unk>\n<pad>\n", "v.txt:3: a second <pad> (write such a token as \\<pad>)"),
    ("<pad>\n<unk>\na\\qb\n", "v.txt:3:2: unknown escape \\q; \(escapes)"),
    ("<pad>\n<unk>\nab\\\n", "v.txt:3:3: \\ at the end of the line; \(escapes)"),
    ("<pad>\n<unk>\né\\u0041\n", "v.txt:3:2: \\u without {…}; \(escapes)"),
    ("<pad>\n<unk>\n\\u{D800}\n", "v.txt:3:1: \\u{D800} is not a Unicode scalar; \(escapes)"),
    ("<pad>\n<unk>\na\\u{}\n", "v.txt:3:2: \\u{} is not a Unicode scalar; \(escapes)"),
    ("<pad>\n<unk>\n\\u{+41}\n", "v.txt:3:1: \\u{+41} is not a Unicode scalar; \(escapes)"),
    ("<pad>\n<unk>\n\\u{0000041}\n", "v.txt:3:1: \\u{0000041} is not a Unicode scalar; \(escapes)"),
    ("<pad>\n<unk>\na\\<\n", "v.txt:3:2: \\< after the beginning of the line; \(escapes)"),
    ("<pad>\n<unk>\n\\q\n\nx\nx\n", damaged),
  ])
  func damage(text: String, expected: String) {
    #expect(message { _ = try Vocabulary(parsing: text, file: "v.txt") } == expected)
  }

  @Test func findingsAreLimited() {
    let text = "<pad>\n<unk>\n" + String(repeating: "\n", count: 100)
    let error = #expect(throws: SeqError.self) { try Vocabulary(parsing: text, file: "v.txt") }
    #expect(error?.diagnostics.count == 20)
    #expect(error?.kind == .data)
  }
}

private let escapes = "expected one of \\\\ \\n \\r \\t \\u{…}, or \\< at the beginning"
private let damaged = """
  v.txt:3:1: unknown escape \\q; \(escapes)
  v.txt:4: expected an entry, found an empty line (an empty entry is written \\u{})
  v.txt:6: "x" is already on line 5
  """

@Suite struct LabelSetTests {
  @Test func sortedAndDistinct() {
    let labels = LabelSet(["b", "é", "a", "e\u{301}", "b", "Z"])
    #expect(scalars(labels.labels) == scalars(["Z", "a", "b", "e\u{301}", "é"]))
    #expect(labels.count == 5)
    #expect(labels.id(of: "Z") == 0)
    #expect(labels.id(of: "é") == 4)
    #expect(labels.id(of: "x") == nil)
    #expect(labels[2] == "b")
    #expect(labels == LabelSet(["e\u{301}", "é", "Z", "b", "a"]))
  }

  @Test func fileForm() throws {
    #expect(LabelSet(["<pad>", "B-PER", "O"]).text() == "<pad>\nB-PER\nO\n")
    let labels = LabelSet(nasty)
    #expect(try LabelSet(parsing: labels.text(), file: "labels.txt") == labels)
    #expect(try LabelSet(parsing: "", file: "labels.txt").count == 0)
  }

  /// A model's ids are its file's lines.
  @Test func orderOfTheFileIsKept() throws {
    #expect(try LabelSet(parsing: "O\nB-PER\n", file: "f").id(of: "O") == 0)
  }

  @Test func damage() {
    #expect(message { _ = try LabelSet(parsing: "A\nB\nA\n", file: "l") } == "l:3: \"A\" is already on line 1")
  }
}
