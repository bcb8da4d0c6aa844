import SeqMetrics
import SeqTags
import Testing

struct TagSchemeTests {
  @Test(arguments: [
    ("O B-PER I-PER B-LOC I-LOC", TagScheme.iob2),
    ("O B-PER I-PER B-LOC", .iob2),
    ("B-NP", .iob2),
    ("O I-PER I-ORG I-LOC I-MISC B-LOC B-MISC B-ORG", .iob1),  // CoNLL 2003 as published
    ("O I-PER I-LOC", .iob1),
    ("O B-A I-A B-B I-C", .iob2),  // a stray I-C, but B-B never goes on
    ("O B-X I-X E-X S-X", .bioes),
    ("O B-X E-X S-Y", .bioes),
    ("O S-X", .bioes),
    ("O B-NAME M-NAME E-NAME S-NAME B-ORG", .bmes),
    ("O B-X M-X E-X W-X", .bmes),
    ("O B-X I-X L-X U-X", .bilou),
    ("O U-X", .bilou),
    ("B-PER-first I-PER-first", .iob2),
    ("O B-PER.NOM I-PER.NOM", .iob2),
  ])
  func schemes(tags: String, expected: TagScheme) {
    #expect(TagScheme.detect(tags.split(separator: " ").map(String.init)) == expected)
  }

  @Test(arguments: [
    "", "O", "NOUN VERB ADJ", "NN -LRB- -RRB- NNP", "B E I O S", "B M E S", "B-X I-X NN", "O B-", "O b-X i-X",
    "B_X I_X", "O X-PER", "PER-B PER-I O", "B-X M-X I-X E-X", "B-X L-X S-X", "I-X E-X O", "AB-X", "o B-X",
  ])
  func noScheme(tags: String) {
    #expect(TagScheme.detect(tags.split(separator: " ").map(String.init)) == nil)
  }
}

struct TaggingCountsTests {
  @Test func spansInBothSenses() {
    var counts = TaggingCounts(tags: ["O", "B-X", "I-X"])
    counts.add(gold: [1, 2, 0], predicted: [2, 2, 0])
    counts.add(gold: [0, 1], predicted: [0, 1])
    let scores = counts.scores()
    let names = ["accuracy", "f1", "precision", "recall", "macroF1", "macroPrecision", "macroRecall"]
    #expect(scores.map(\.name).starts(with: names))
    #expect(scores.suffix(4).map(\.name) == ["strictF1", "strictPrecision", "strictRecall", "sequenceAccuracy"])
    #expect(scores[0].value == 0.8 && scores[1].value == 1)
    #expect(scores.suffix(4).map(\.value) == [2.0 / 3, 1, 0.5, 0.5])
  }

  @Test func partsOfSpeechAreClasses() {
    var counts = TaggingCounts(tags: ["NOUN", "VERB"])
    counts.add(gold: [0, 1, -1], predicted: [0, 1, 1])
    #expect(counts.spans == nil && counts.strictSpans == nil)
    #expect(counts.tokens.unseen == 1 && counts.sequenceAccuracy == 0)
    #expect(counts.scores().map(\.name).dropLast() == counts.tokens.scores().map(\.name)[...])
  }

  @Test func spansOfTagsTheModelDoesNotKnowAreMissed() {
    var counts = TaggingCounts(tags: ["O", "B-X"], unseenTags: ["B-Y"])
    counts.add(gold: [1, 2], predicted: [1, 0])
    #expect(counts.spans?.micro.recall == 0.5)
    #expect(counts.tokens.unseen == 1 && counts.tokens.accuracy == 0.5)
  }

  @Test func mergingIsCountingAllAtOnce() {
    let empty = TaggingCounts(tags: ["O", "B-X", "I-X"])
    var (whole, first, second) = (empty, empty, empty)
    for (gold, predicted) in [([1, 2], [1, 2]), ([0, 1], [1, 0])] { whole.add(gold: gold, predicted: predicted) }
    first.add(gold: [1, 2], predicted: [1, 2])
    second.add(gold: [0, 1], predicted: [1, 0])
    first.merge(second)
    #expect(first == whole && first != second)
  }

  @Test func noSequences() {
    #expect(TaggingCounts(tags: ["O", "B-X"]).scores().allSatisfy { $0.value == 0 })
  }
}
