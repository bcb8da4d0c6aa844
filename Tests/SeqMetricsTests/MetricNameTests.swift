import SeqMetrics
import SeqTags
import Testing

struct MetricNameTests {
  @Test func everyScoreHasAKnownName() throws {
    let spans = TaggingCounts(tags: ["O", "B-X"]).scores()
    let tags = TaggingCounts(tags: ["NOUN", "VERB"]).scores()
    let all = try ClassificationCase.all()[1].counts.scores() + spans + tags + LanguageModelCounts(tokens: 1).scores()
    for score in all { #expect(Metric(named: score.name) != nil, "\(score.name)") }
    #expect(Set(all.map(\.name)).isSubset(of: Metric.all.map(\.name)))
  }

  @Test func lossesAreToFall() {
    for name in ["loss", "logLoss", "calibrationError", "perplexity", "bitsPerToken"] {
      #expect(Metric(named: name)?.isHigherBetter == false)
    }
    for name in ["accuracy", "f1", "strictF1", "matthews", "top7Accuracy"] {
      #expect(Metric(named: name)?.isHigherBetter == true)
    }
  }

  @Test(arguments: ["", "F1", "acuracy", "topAccuracy", "top0Accuracy", "top02Accuracy", "top-1Accuracy", "topAccurac"])
  func unknownNames(name: String) {
    #expect(Metric(named: name) == nil)
  }

  @Test func namesAreUnique() {
    let names = Metric.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Metric(named: "top12Accuracy") == .topAccuracy(12))
  }
}

struct LanguageModelCountsTests {
  @Test func anEvenGuessIsWorthTheVocabulary() throws {
    var counts = LanguageModelCounts()
    counts.add(nats: 3 * 2.0794415416798357, tokens: 3)  // ln 8
    #expect(isClose(try #require(counts.perplexity), 8))
    #expect(isClose(try #require(counts.bitsPerToken), 3))
    #expect(counts.scores().map(\.name) == ["loss", "perplexity", "bitsPerToken"])
  }

  @Test func noTokensHaveNoPerplexity() {
    let counts = LanguageModelCounts()
    #expect(counts.perplexity == nil && counts.natsPerToken == nil && counts.scores().isEmpty)
  }

  @Test func mergingAdds() {
    var counts = LanguageModelCounts(nats: 1, tokens: 2)
    counts.merge(LanguageModelCounts(nats: 3, tokens: 4))
    #expect(counts == LanguageModelCounts(nats: 4, tokens: 6))
  }
}
