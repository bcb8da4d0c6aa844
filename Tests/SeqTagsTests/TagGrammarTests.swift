import SeqTags
import Testing

/// Which tags may follow each other.
@Suite struct TagGrammarTests {
  static let tags: [(TagScheme, [String])] = [
    (.iob1, ["O", "I-X", "I-Y", "B-X", "B-Y"]), (.iob2, ["O", "B-X", "I-X", "B-Y", "I-Y"]),
    (.bioes, ["O", "B-X", "I-X", "E-X", "S-X", "B-Y", "E-Y", "S-Y"]),
    (.bilou, ["O", "B-X", "I-X", "L-X", "U-X", "U-Y"]), (.bmes, ["B", "M", "E", "S"]),
  ]

  /// Well-formed is what a scheme itself writes for some spans.
  @Test(arguments: 0..<5)
  func `what is allowed is what the scheme writes of the spans`(number: Int) throws {
    let (scheme, tags) = Self.tags[number]
    let grammar = try #require(TagGrammar(scheme, tags: tags))
    var sequences: [[Int]] = [[]]
    for _ in 0..<4 {
      sequences = sequences.flatMap { sequence in tags.indices.map { sequence + [$0] } }
      for sequence in sequences {
        let names = sequence.map { tags[$0] }
        let isWellFormed = scheme.tags(of: markedSpans(of: names), count: names.count) == names
        #expect(grammar.allows(sequence) == isWellFormed, "\(scheme): \(names)")
        let isAllowedByParts =
          grammar.mayStart(sequence[0]) && grammar.mayEnd(sequence[sequence.count - 1])
          && zip(sequence, sequence.dropFirst()).allSatisfy { grammar.mayFollow($1, $0) }
        #expect(isAllowedByParts == isWellFormed)
      }
    }
  }

  @Test func `bare prefixes of word segmentation are a scheme, parts of speech are none`() {
    #expect(TagGrammar.detect(["B", "M", "E", "S"]) == .bmes)
    #expect(TagGrammar.detect(["B", "I", "E", "S", "O"]) == .bioes)
    #expect(TagGrammar.detect(["B-X", "I-X", "O"]) == .iob2)
    #expect(TagGrammar.detect(["NN", "S", "B"]) == nil)
    #expect(TagGrammar.detect(["B", "S"]) == nil)
    #expect(TagGrammar.detect(["B", "I"]) == .iob2 && TagGrammar.detect(["B", "I", "O"]) == .iob2)
    #expect(TagGrammar.detect(["B", "I", "L", "U"]) == .bilou && TagGrammar.detect(["I", "O"]) == nil)
    #expect(TagGrammar(.iob2, tags: ["O", "B-X", "E-X"]) == nil)
  }

  @Test func `neighbours begin and go on with spans as the CoNLL script has it`() {
    let tags = ["O", "B-X", "I-X", "I-Y", "S-X"]
    let borders = SpanBorders(tags: tags)
    var sequences: [[Int]] = [[]]
    for _ in 0..<4 {
      sequences = sequences.flatMap { sequence in tags.indices.map { sequence + [$0] } }
      for sequence in sequences {
        var found: [Range<Int>] = []
        for (t, tag) in sequence.enumerated() where borders.starts(tag, after: t > 0 ? sequence[t - 1] : nil) {
          var end = t + 1
          while end < sequence.count, borders.continues(sequence[end], after: sequence[end - 1]) { end += 1 }
          found.append(t..<end)
        }
        #expect(found == spans(of: sequence.map { tags[$0] }).map { $0.start..<$0.end })
      }
    }
  }
}
