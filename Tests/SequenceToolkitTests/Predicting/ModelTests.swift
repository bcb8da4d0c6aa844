import Foundation
import SeqTestSupport
import SequenceToolkit
import Testing

/// A fitted model in a client's hands.
struct ModelTests {
  private func classifier(threads: Int = 2) throws -> Model {
    try Model(contentsOf: Fixture.classifier().path + "/model", threads: threads)
  }

  private func tagger() throws -> Model { try Model(contentsOf: Fixture.tagger().path + "/model") }

  @Test func aClassifierRanksItsLabels() throws {
    let model = try classifier()
    #expect(model.task == .classification && model.labels == ["negative", "positive"])
    let ranking = model.classify("the coffee was great")
    #expect(ranking.map(\.label) == ["positive", "negative"])
    #expect(ranking[0].probability > ranking[1].probability)
    #expect(abs(ranking.reduce(0) { $0 + $1.probability } - 1) < 1e-6)
    #expect(model.classify("").isEmpty && model.classify(" \t").isEmpty)
    #expect(model.classify("好的 😀").count == 2, "words it has never seen")
  }

  /// A fit may replace the folder between the reading of a model and the scores.
  @Test func theBaselineOfScoresIsOfTheModelThatWasRead() throws {
    let workspace = try Workspace.classification(texts: 160)
    try Fixture.fit(workspace, "config.json", ["training.epochs=1", "baseline=true"])
    let path = workspace.path + "/model"
    let model = try ModelScoring(ensemble: [path], threads: 1)
    let expected = try #require(try model.evaluate().baseline)
    try workspace.write("seqtool baseline 1\n", to: "model/baseline.bin")
    #expect(try model.evaluate().baseline?.linear["accuracy"] == expected.linear["accuracy"])
    #expect(throws: SeqError.self) { try ModelScoring(ensemble: [path], threads: 1).evaluate() }
  }

  @Test func aTaggerGivesEachTokenItsPlace() throws {
    let model = try tagger()
    let text = "  fly to\tsan jose 😀 好"
    let tokens = model.tag(text)
    #expect(tokens.map(\.text) == ["fly", "to", "san", "jose", "😀", "好"])
    #expect(tokens.prefix(4).map(\.tag) == ["O", "O", "B-city", "I-city"])
    let bytes = Array(text.utf8)
    for token in tokens {
      #expect(String(decoding: bytes[token.range], as: UTF8.self) == token.text)
      #expect((0...1).contains(token.probability) && model.labels.contains(token.tag))
    }
    #expect(model.tag("").isEmpty)
  }

  @Test func manyTextsGiveTheSameAsOneByOne() throws {
    let model = try classifier(threads: 1)
    let texts = ["the door looks poor", "", "my bag", "our guide works well today today", "x"]
    let together = model.predict(texts)
    #expect(together.map(\.text) == texts && together.map(\.tokenCount) == [4, 0, 2, 6, 1])
    #expect(together.map(\.ranking) == texts.map(model.classify))
    #expect(try classifier(threads: 3).predict(texts).map(\.ranking) == together.map(\.ranking))
    #expect(model.predict([]).isEmpty)
  }

  @Test func encodedTextsGetTheLabelsOfTheTexts() throws {
    let classifier = try classifier()
    let texts = ["my bag was awful", "", "the coffee was great"]
    let encoded = classifier.encode(texts)
    #expect(encoded.count == 3 && encoded.tokenCount == 8)
    let best = texts.map { classifier.classify($0).first.flatMap { classifier.labels.firstIndex(of: $0.label) } ?? -1 }
    #expect(classifier.predict(encoded).map(Int.init) == best && best[1] == -1)
    #expect(classifier.predict(encoded) == classifier.predict(encoded), "a second time")

    let tagger = try tagger()
    let lines = [
      "fly to san jose", "", "fly to oslo please", Array(repeating: "oslo", count: 10_007).joined(separator: " "),
    ]
    let tags = lines.flatMap { tagger.tag($0).map(\.tag) }
    #expect(tagger.predict(tagger.encode(lines)).map { tagger.labels[Int($0)] } == tags)
    #expect(tagger.predict(tagger.encode([])).isEmpty)
  }

  @Test func logitsAreTheScoresBehindTheProbabilities() throws {
    let model = try classifier()
    let scores = try #require(model.logits(["my bag was awful"]).first?.first)
    let sum = scores.reduce(0) { $0 + exp($1) }
    let ranking = model.classify("my bag was awful")
    for (label, score) in zip(model.labels, scores) {
      let probability = try #require(ranking.first { $0.label == label }).probability
      #expect(abs(exp(score) / sum - probability) < 1e-5)
    }
    #expect(model.logits([""]) == [[]])
    #expect(try tagger().logits(["fly to oslo"]).map { $0.map(\.count) } == [[5, 5, 5]])
  }

  @Test func aVeryLongTextIsCutForAClassifierAndNotForATagger() throws {
    let text = String(repeating: "fly ", count: Model.maximumTokens + 5)
    let prediction = try classifier().predict([text])[0]
    #expect(prediction.isCut && prediction.ranking.count == 2)
    #expect(try tagger().tag(text).count == Model.maximumTokens + 5)
  }

  @Test func itIsScoredOnItsTestDataOrAnother() throws {
    let scoring = try ModelScoring(ensemble: [Fixture.classifier().path + "/model"])
    let test = try scoring.evaluate()
    #expect(test.sequences == 16 && test.mainScore.name == "accuracy")
    #expect(test.scores["accuracy"] == test.mainScore.value && test.scores["loss"] == test.loss)
    let train = try scoring.evaluate(Fixture.classifier().path + "/train.csv")
    #expect(train.sequences == 160 && train.scores["accuracy"] ?? 0 > 0.95)
    #expect(try ModelScoring(ensemble: [Fixture.tagger().path + "/model"]).evaluate().mainScore.name == "f1")
  }

  @Test func whatIsMissingIsTold() throws {
    let error = #expect(throws: SeqError.self) { try Model(contentsOf: "/nowhere/model") }
    #expect(error?.kind == .missingInput)
  }
}

/// A fit in a client's hands.
struct ExperimentTests {
  @Test func theResultNamesTheBestEpochAndTheScores() throws {
    let workspace = try Workspace.classification()
    let result = try Fixture.fit(workspace)
    #expect(result.reason == .completed && (1...2).contains(result.bestEpoch))
    #expect(result.evaluations.map(\.name) == ["dev", "test"])
    #expect(result.output == workspace.path + "/model")
  }

  @Test func aClientCanWatchAndStopAndResumeIt() throws {
    let workspace = try Workspace.classification()
    let reference = try Workspace.classification()
    try Fixture.fit(reference)
    var batches = 0
    var hooks = Experiment.Hooks()
    hooks.onEvent = { if case .progress = $0 { batches += 1 } }
    hooks.shouldStop = { batches == 5 }
    let stopped = try Fixture.fit(workspace, hooks: hooks)
    #expect(stopped.reason == .interrupted && stopped.evaluations.isEmpty && batches == 5)
    let finished = try Fixture.fit(workspace, resume: true)
    #expect(finished.reason == .completed)
    #expect(try workspace.bytes("model/model.safetensors") == reference.bytes("model/model.safetensors"))
  }

  @Test func aClientHearsOfUnknownLabels() throws {
    let workspace = try Workspace.classification()
    try workspace.write("text,label\na,new\n", to: "dev.csv")
    var warnings: [String] = []
    var hooks = Experiment.Hooks()
    hooks.warn = { warnings.append($0) }
    try Fixture.fit(workspace, hooks: hooks)
    #expect(warnings == ["labels of dev that the training data does not have count as errors: new"])
  }
}
