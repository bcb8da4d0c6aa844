import SeqMetrics
import SeqTags
import Testing

/// Which scheme tags are of, told by the sequences.
struct SchemeCensusTests {
  private func census(_ sequences: String) -> SchemeCensus {
    var census = SchemeCensus()
    for sequence in sequences.split(separator: "|") { census.add(sequence.split(separator: " ").map(String.init)) }
    return census
  }

  @Test(arguments: [
    // A stray I- does not make IOB1 of IOB2, nor a stray E- or S- BIOES.
    ("B-X I-X O B-Y I-Y|B-X I-X|O I-Z", TagScheme.iob2, 1), ("B-X I-X O|B-X I-X|B-X E-X", .iob2, 1),
    ("I-X I-X O|I-Y|B-Y O", .iob1, 1), ("B-X E-X O S-X|B-X I-X E-X|B-X", .bioes, 1),
    ("B-X M-X E-X|M-X|B-X M-X E-X|B-X I-X E-X", .bmes, 2), ("B-X L-X U-X|O U-X", .bilou, 0),
    // Of equals, what the set looks like, then a fixed order.
    ("B-X E-X S-X", .bioes, 0), ("B E S|S", .bmes, 0), ("B-X I-X|O I-X", .iob2, 1), ("B-X I-Y", .iob2, 1),
    ("B I B|B", .iob2, 0), ("B-X I-X I-X B-X I-X O|O O|NN O", .iob2, 0), ("S-X|O O", .bioes, 0),
  ])
  func `most sequences tell`(sequences: String, scheme: TagScheme, misfits: Int) {
    let census = census(sequences)
    #expect(census.scheme == scheme && census.misfits(scheme) == misfits)
  }

  @Test(arguments: ["", "O O|O", "NN VB|NN", "B-X NN O", "S NN", "B S", "B_X I_X O", "I-X E-X O"])
  func `tags that mark no spans have no scheme`(sequences: String) {
    #expect(census(sequences).scheme == nil)
  }

  @Test func `counts of shards add up`() {
    let parts = ["B-X I-X O|I-X|B-X b-X O O O O O", "O E-X|B-Y I-Y|B-X"]
    var merged = census(parts[0])
    merged.merge(census(parts[1]))
    let whole = census(parts.joined(separator: "|"))
    #expect(merged.scheme == whole.scheme && merged.sequences == whole.sequences)
    for scheme in TagScheme.allCases {
      #expect(merged.misfits(scheme) == whole.misfits(scheme))
      #expect(merged.strangers(to: scheme).map(\.tag) == whole.strangers(to: scheme).map(\.tag))
    }
    #expect(whole.strangers(to: .iob2).map { "\($0.tag) \($0.count)" } == ["E-X 1", "b-X 1"])
  }

  @Test func `a part plainly of another scheme is told from one with a few slips`() {
    #expect(census("B-X E-X|S-X O|B-X I-X E-X").differing(from: .iob2) == .bioes)
    #expect(census("I-X I-X|I-Y O|O I-X").differing(from: .iob2) == .iob1)
    #expect(census("B-X I-X|B-Y|I-X").differing(from: .iob2) == nil)
    #expect(census("O O").differing(from: .iob2) == nil)
  }

  @Test func `the first fault has its token and its reason`() {
    func fault(_ tags: String, _ scheme: TagScheme) -> String? {
      scheme.fault(in: tags.split(separator: " ").map(String.init)).map { "\($0.token): \($0.message)" }
    }
    #expect(fault("B-X I-X O", .iob2) == nil && fault("I-X", .iob2) == "0: I-X at the start")
    #expect(fault("O I-X", .iob2) == "1: I-X after O" && fault("O B-X", .bioes) == "2: B-X at the end")
    #expect(fault("O E-X", .iob2) == "1: E-X, which iob2 does not have")
  }
}

/// Spans that are written in a form of their own.
struct TagFormTests {
  @Test(arguments: [
    ("B_PER I_PER O", "B-PER I-PER"), ("PER-B PER-I O", "B-PER I-PER"), ("b-per i-per o", "B-per I-per"),
    ("B:PER O", "B-PER"), ("PER_B PER_I PER_E", "B-PER E-PER I-PER"), ("O B.PER.x I.PER.x", "B-PER.x I-PER.x"),
  ])
  func `they are found, with their usual form`(tags: String, usual: String) throws {
    let found = try #require(TagForm.unusual(tags.split(separator: " ").map(String.init)))
    #expect(found.map(\.usual).joined(separator: " ") == usual)
    for (tag, usual) in found { #expect(TagForm.usual(tag) == usual) }
  }

  @Test(arguments: ["NOUN VERB", "B-PER I-PER O", "B M E S", "O X-PER", "V_S N_S", "A-S", "O", "B_X", "NN S-X O"])
  func `other tags are left alone`(tags: String) {
    #expect(TagForm.unusual(tags.split(separator: " ").map(String.init)) == nil)
  }

  @Test(arguments: ["O", "NN", "B-PER", "B-PER-x", "B", "S", "X-Y", ""]) func `the usual form stays`(tag: String) {
    #expect(TagForm.usual(tag) == tag)
  }
}

/// Word segmentation: bare prefixes, whose spans are words.
struct WordSegmentationTests {
  @Test(arguments: [
    (["B", "M", "E", "S"], [0, 2, 3, 0, 1, 2], [0, 2, 3, 0, 2, 3]),
    (["B", "I"], [0, 1, 0, 0, 1, 1], [0, 1, 0, 0, 1, 0]),
  ])
  func `words are scored`(tags: [String], gold: [Int], predicted: [Int]) {
    var counts = TaggingCounts(tags: tags)
    counts.add(gold: gold, predicted: predicted)
    let scores = Dictionary(uniqueKeysWithValues: counts.scores().map { ($0.name, $0.value) })
    // BME: 2 of 3 words found, 4 given. BI: 2 of 3, 4 given.
    #expect(scores["recall"] == 2.0 / 3 && scores["precision"] == 0.5)
    #expect(scores["f1"] == scores["strictF1"])
  }
}
