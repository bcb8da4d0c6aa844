import SeqData
import SeqInspect
import SeqTags
import Testing

/// Tags that mark spans.
struct TagTests {
  private func check(_ tags: String, other: String? = nil) throws -> Checked {
    func columns(_ text: String) -> [UInt8] {
      Array(
        text.split(separator: "|").map { sentence in
          sentence.split(separator: " ").enumerated().map { "w\($0)\t\($1)\n" }.joined()
        }.joined(separator: "\n").utf8)
    }
    var files = [(name: "train.conll", content: columns(tags))]
    if let other { files.append((name: "test.conll", content: columns(other))) }
    return try Checked(files, wanted: .tags)
  }

  @Test(arguments: [
    ("B-X I-X O|O B-X B-X|B-Y", TagScheme.iob2), ("I-X I-X O|I-X B-X|I-Y", .iob1),
    ("B-X E-X O S-X|B-X I-X E-X", .bioes),
    ("B-X M-X E-X S-X|O", .bmes), ("B-X I-X L-X U-X", .bilou),
  ])
  func wellFormedSequences(tags: String, scheme: TagScheme) throws {
    let checked = try check(tags)
    #expect(checked.count(.tagSequence) == 0 && checked.count(.mixedScheme) == 0)
    #expect(checked.report.scheme == scheme)
  }

  @Test(arguments: [
    ("B-X I-X|O I-X", ["5:4"]), ("B-X I-X B-Y|I-Y", ["5:4"]), ("B-X I-X I-Y|B-Y", ["3:4"]),
    ("B-X M-X E-X O|M-X E-X", ["6:4"]), ("B-X M-X E-X|B-X O", ["6:4"]), ("B-X E-X S-X|B-X", ["5:4"]),
    ("B-X E-X E-X", ["3:4"]), ("I-X I-X|O B-X I-Y", ["5:4"]),
  ])
  func anIllFormedTransitionIsReportedAtItsTag(tags: String, places: [String]) throws {
    #expect(try check(tags).findings(.tagSequence) == places.map { "train.conll:\($0) tag-sequence" })
  }

  @Test func aStrangeTagAmongSpansIsNamed() throws {
    let checked = try check("B-PER I-PER O|B-PER O O B-PER I-PER|b-PER O")
    #expect(checked.findings(.mixedScheme) == ["train.conll:11:4 mixed-scheme"])
    #expect(
      checked.messages(.mixedScheme)
        == ["tag \"b-PER\" (1×) is not of the scheme of the others, IOB2 — did you mean \"B-PER\"?"])
  }

  @Test func schemesThatDifferBetweenPartsAreAnError() throws {
    let checked = try check("B-X I-X O|B-X I-X I-X", other: "B-X E-X|S-X O|B-X I-X E-X")
    #expect(checked.count(.mixedScheme) == 1)
    #expect(checked.count(.tagSequence) == 0)
  }

  @Test func aStrayTagChangesNoScheme() throws {
    let checked = try check("B-X I-X O|B-X B-Y I-Y|O I-Z|B-X E-X")
    #expect(checked.report.scheme == .iob2)
    #expect(checked.findings(.tagSequence) == ["train.conll:10:4 tag-sequence"])
    #expect(checked.findings(.mixedScheme) == ["train.conll:13:4 mixed-scheme"])
  }

  @Test func aPartInIOB1BesideOneInIOB2IsAnError() throws {
    let checked = try check("B-X I-X O|B-X I-X", other: "I-X I-X O|I-X|O I-Y")
    #expect(checked.count(.mixedScheme) == 1 && checked.count(.tagSequence) == 0)
    #expect(checked.messages(.mixedScheme) == ["the tags are IOB1, those of the other parts IOB2"])
  }

  @Test func spansInAnotherFormArePointedOut() throws {
    let checked = try check("O B_PER I_PER|B_LOC O")
    #expect(checked.findings(.tagForm) == ["train.conll:5:4 tag-form"] && checked.report.errors == 0)
    #expect(
      checked.messages(.tagForm)
        == ["these look like spans: B_LOC, B_PER, I_PER, as B-LOC for B_LOC; they count as parts of speech"])
  }

  @Test func wordsOfBarePrefixesAreSpans() throws {
    let checked = try check("B M E S|S B E|B S")
    #expect(checked.report.scheme == .bmes)
    #expect(checked.findings(.tagSequence) == ["train.conll:11:4 tag-sequence"])
    #expect(checked.messages(.tagSequence) == ["S after B: a span that begins with B ends with E"])
  }

  @Test func partsOfSpeechAreNoSpans() throws {
    let checked = try check("DET NOUN VERB|NOUN VERB|-LRB- NN SYM")
    #expect(checked.report.scheme == nil && checked.report.errors == 0)
  }
}
