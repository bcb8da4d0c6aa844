import SeqCore
import SeqMetrics
import SeqTags
import Testing

/// `start-end:type` of each span, ends inclusive.
private func found(_ tags: String, _ sense: SpanSense = .conlleval) -> String {
  let tags = tags.split(separator: " ").map(String.init)
  return spans(of: tags, sense: sense).map { "\($0.start)-\($0.end - 1):\($0.type)" }.joined(separator: " ")
}

struct SpanTests {
  @Test(arguments: [
    ("B-X I-X O B-Y", "0-1:X 3-3:Y"),
    ("O I-X I-X O", "1-2:X"),  // I- after O
    ("I-X I-Y", "0-0:X 1-1:Y"),  // the type changes
    ("B-X I-Y I-Y", "0-0:X 1-2:Y"),
    ("B-X B-X I-X", "0-0:X 1-2:X"),
    ("B-X E-X S-Y S-Y", "0-1:X 2-2:Y 3-3:Y"),
    ("E-X E-X I-X E-X", "0-0:X 1-1:X 2-3:X"),
    ("S-X I-X", "0-0:X 1-1:X"),
    ("B-X I-X B-Y I-X", "0-1:X 2-2:Y 3-3:X"),
    ("B-X M-X E-X S-Y", "0-2:X 3-3:Y"),  // BMES
    ("B-X I-X L-X U-Y", "0-2:X 3-3:Y"),  // BILOU
    ("B-PER-A I-PER-A I-PER-B", "0-1:PER-A 2-2:PER-B"),  // the first hyphen splits
    ("B M E S O B", "0-2:_ 3-3:_ 5-5:_"),  // bare prefixes
    ("NN B- Bx .", "1-1:_"), ("", ""), ("O O", ""),
  ])
  func conlleval(tags: String, expected: String) {
    #expect(found(tags) == expected)
  }

  @Test(arguments: [
    (TagScheme.iob2, "O I-X I-X B-X I-X I-Y", "3-4:X"),
    (.iob2, "B-X E-X S-Y B-Y", "0-0:X 3-3:Y"),
    (.iob1, "I-X I-X B-X I-X I-Y O I-Y", "0-1:X 2-3:X 4-4:Y 6-6:Y"),
    (.iob1, "B-X O B-X I-X", "3-3:X"),  // B after O starts nothing
    (.iob1, "I-X B-X B-Y", "0-0:X"),
    (.bioes, "B-X I-X E-X S-Y B-X O", "0-2:X 3-3:Y"),
    (.bioes, "B-X I-X I-X", ""), (.bioes, "B-X E-Y", ""), (.bioes, "I-X E-X", ""),
    (.bioes, "B-X B-X E-X", "1-2:X"),
    (.bmes, "B-X M-X E-X S-Y M-Y", "0-2:X 3-3:Y"),
    (.bilou, "B-X I-X L-X U-Y L-X", "0-2:X 3-3:Y"),
  ])
  func strict(scheme: TagScheme, tags: String, expected: String) {
    #expect(found(tags, .strict(scheme)) == expected)
  }

  /// Every well-formed encoding gives its spans back, in both senses.
  @Test(arguments: TagScheme.allCases) func encodingIsUndone(scheme: TagScheme) {
    var generator = Seed(7).child(scheme.rawValue).generator
    for _ in 0..<200 {
      let wanted = randomSpans(&generator)
      let tags = encode(wanted, count: 12, scheme: scheme)
      #expect(spans(of: tags, sense: .strict(scheme)) == wanted, "\(tags)")
      #expect(spans(of: tags, sense: .conlleval) == wanted, "\(tags)")
    }
  }

  /// All 7⁵ sequences of five tags: conlleval's spans are the strict ones of the sequence put right, and a span that is
  /// strict in IOB2 or BIOES is one of conlleval's, if only that scheme's prefixes occur.
  @Test func everyShortSequence() {
    let alphabet = ["O", "B-X", "I-X", "B-Y", "I-Y", "E-X", "S-X"]
    var mismatches: [[String]] = []
    for code in 0..<16_807 {
      var (rest, tags) = (code, [String]())
      for _ in 0..<5 {
        tags.append(alphabet[rest % 7])
        rest /= 7
      }
      let lenient = spans(of: tags)
      let repaired = encode(lenient, count: 5, scheme: .iob2)
      let isBIO = !tags.contains("E-X") && !tags.contains("S-X")
      let strict = spans(of: tags, sense: .strict(isBIO ? .iob2 : .bioes))
      let agrees = spans(of: repaired, sense: .strict(.iob2)) == lenient && Set(strict).isSubset(of: lenient)
      let covers = zip(tags, repaired).allSatisfy { ($0 == "O") == ($1 == "O") }
      if !agrees || !covers { mismatches.append(tags) }
    }
    #expect(mismatches.isEmpty)
  }

  private func randomSpans(_ generator: inout SplitMix64) -> [TagSpan] {
    var (spans, position) = ([TagSpan](), generator.index(below: 3))
    while position < 12 {
      let end = min(12, position + 1 + generator.index(below: 4))
      spans.append(TagSpan(start: position, end: end, type: ["X", "Y", "Z-1"][generator.index(below: 3)]))
      position = end + generator.index(below: 3)
    }
    return spans
  }

  private func encode(_ spans: [TagSpan], count: Int, scheme: TagScheme) -> [String] {
    var tags = Array(repeating: "O", count: count)
    let (inside, end, single) =
      switch scheme {
      case .iob1, .iob2: ("I", "I", "B")
      case .bioes: ("I", "E", "S")
      case .bilou: ("I", "L", "U")
      case .bmes: ("M", "E", "S")
      }
    for (i, span) in spans.enumerated() {
      let touches = i > 0 && spans[i - 1].end == span.start && spans[i - 1].type == span.type
      for token in span.start..<span.end { tags[token] = inside + "-" + span.type }
      tags[span.end - 1] = end + "-" + span.type
      tags[span.start] = (span.end - span.start == 1 ? single : "B") + "-" + span.type
      if scheme == .iob1, !touches { tags[span.start] = "I-" + span.type }
    }
    return tags
  }
}
