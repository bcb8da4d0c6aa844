import SeqTestSupport
import Testing

/// `eval`: a model's scores.
struct EvalTests {
  @Test func theTableShowsScoresClassesAndConfusions() throws {
    let result = try Fitted.classifier().seqtool("eval")
    #expect(result.status == 0 && result.complaints == [])
    let lines = result.stdout.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "score" && lines.last == "")
    for start in ["accuracy ", "f1 ", "loss ", "sequences ", "positive ", "macro average "] {
      #expect(lines.contains { $0.hasPrefix(start) }, "no line \(start)")
    }
    #expect(result.stdout.contains("rows: truth, columns: prediction"))
  }

  @Test func theTaggersTableShowsSpanTypes() throws {
    let result = try Fitted.tagger().seqtool("eval")
    #expect(result.status == 0)
    let lines = result.stdout.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("city ") } && lines.contains { $0.hasPrefix("time ") })
    #expect(!lines.contains { $0.hasPrefix("B-city") })
  }

  @Test func jsonHasTheNamesOfTheScoresAsKeys() throws {
    let scores = try object(Fitted.classifier().seqtool("eval", "--json").stdout)
    for name in ["accuracy", "f1", "macroF1", "microF1", "weightedF1", "precision", "recall", "matthews", "loss"] {
      #expect(scores[name] is Double, "no \(name)")
    }
    #expect(scores["sequences"] as? Int == 16)
    #expect(scores["labels"] as? [String] == ["negative", "positive"])
    let confusion = try #require(scores["confusion"] as? [[Int]])
    #expect(confusion.joined().reduce(0, +) == 16)
    let right = Double(confusion[0][0] + confusion[1][1])
    #expect(scores["accuracy"] as? Double == right / 16)
    #expect(right == 16, "made-up data is learned")
  }

  @Test func jsonOfATaggerHasSpanScores() throws {
    let scores = try object(Fitted.tagger().seqtool("eval", "--json").stdout)
    for name in ["f1", "precision", "recall", "strictF1", "accuracy", "sequenceAccuracy", "loss"] {
      #expect(scores[name] is Double, "no \(name)")
    }
    let classes = try #require(scores["classes"] as? [String: Any])
    #expect(Set(classes.keys) == ["city", "time"])
  }

  @Test func theScoresAreThoseOfTheFit() throws {
    let workspace = try Fitted.classifier()
    let metrics = try object(workspace.text("model/metrics.json"))
    let test = try #require(metrics["test"] as? [String: Double])
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    for (name, value) in test { #expect(scores[name] as? Double == value, "\(name)") }
  }

  @Test func anotherFileAndModelCanBeNamed() throws {
    let workspace = try Fitted.classifier()
    let dev = try object(workspace.seqtool("eval", "dev.csv", "--model", "model", "--json", "--threads", "1").stdout)
    let metrics = try object(workspace.text("model/metrics.json"))
    #expect(dev["loss"] as? Double == (metrics["dev"] as? [String: Double])?["loss"])
  }

  @Test func macroScoresAreOfTheLabelsThatOccur() throws {
    let workspace = try Fitted.classifier()
    let rows = try workspace.text("test.csv").split(separator: "\n")
    let positive = rows.dropFirst().filter { $0.hasSuffix("positive") }
    try workspace.write(([rows[0]] + positive).joined(separator: "\n") + "\n", to: "praise-alone.csv")
    let scores = try object(workspace.seqtool("eval", "praise-alone.csv", "--json").stdout)
    #expect(scores["accuracy"] as? Double == 1 && scores["f1"] as? Double == 1 && scores["macroRecall"] as? Double == 1)
  }

  @Test func aScoreOfNothingIsAnError() throws {
    let workspace = try Fitted.tagger()
    try workspace.write("\n\n", to: "none.conll")
    let result = try workspace.seqtool("eval", "none.conll")
    #expect(result.status == 65 && result.stdout == "" && result.stderr.hasPrefix("error: none.conll: "))
  }

  @Test func labelsTheModelDoesNotKnowCountAsErrors() throws {
    let workspace = try Workspace.classification()
    try workspace.write("text,label\nthe train is lovely,positive\nthe train,neutral\n", to: "test.csv")
    let fit = try workspace.seqtool("fit", "-q", "config.json")
    let warning = "warning: labels of test that the training data does not have count as errors: neutral"
    #expect(fit.status == 0 && fit.complaints == [warning])
    let scores = try object(workspace.seqtool("eval", "--json").stdout)
    #expect(scores["unseenLabels"] as? [String] == ["neutral"])
    #expect(try workspace.seqtool("eval").stdout.hasSuffix("Labels the model does not know: neutral\n"))
  }
}
