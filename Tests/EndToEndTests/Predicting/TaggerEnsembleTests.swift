import Foundation
import SeqTestSupport
import Testing

/// Several taggers that predict together.
struct TaggerEnsembleTests {
  /// Two taggers with a CRF, and one without.
  private static let fitted = Result {
    let workspace = try Workspace.tagging()
    for (name, head, seed) in [("a", "crf", 1), ("b", "crf", 2), ("c", "softmax", 3), ("d", "softmax", 4)] {
      let settings = ["output=\(name)", "model.head=\(head)", "training.seed=\(seed)", "training.epochs=20"]
      let result = try workspace.seqtool(["fit", "-q", "config.json"] + settings.flatMap { ["--set", $0] })
      guard result.status == 0 else { throw Unexpected(result.stderr) }
    }
    return workspace
  }

  private func tag(_ models: [String], _ options: String...) throws -> [String: Any] {
    let arguments = ["tag", "--format", "jsonl"] + options + models.flatMap { ["-m", $0] }
    let result = try Self.fitted.get().seqtool(arguments, stdin: "to new york\n")
    guard result.status == 0 else { throw Unexpected(result.stderr) }
    return try #require(objects(result.stdout).first)
  }

  /// Of all sequences that the tags can form.
  private func distribution(_ models: [String]) throws -> [[String]: Double] {
    let record = try tag(models, "--n-best", "1000")
    let sequences = try #require(record["nBest"] as? [[String: Any]])
    let pairs = try sequences.map {
      (try #require($0["tags"] as? [String]), try #require($0["probability"] as? Double))
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  @Test(arguments: [["a", "b"], ["a", "c"]])
  func withACRFTheGeometricMeanOfSequencesIsTaken(models: [String]) throws {
    let own = try models.map { try distribution([$0]) }
    var mean = try #require(own.first)
    for tags in mean.keys { mean[tags] = own.reduce(1) { $0 * ($1[tags] ?? 0) }.squareRoot() }
    let sum = mean.values.reduce(0, +)
    let found = try distribution(models)
    #expect(found.count == mean.count)
    for (tags, probability) in mean { #expect(abs((found[tags] ?? -1) - probability / sum) < 1e-4) }
    let record = try tag(models, "-p", "--spans")
    #expect(record["tags"] as? [String] == found.max { $0.value < $1.value }?.key)
    let marginals = try #require(record["probabilities"] as? [Double])
    for (t, marginal) in marginals.enumerated() {
      let tag = try #require(record["tags"] as? [String])[t]
      let expected = found.reduce(0) { $1.key[t] == tag ? $0 + $1.value : $0 }
      #expect(abs(marginal - expected) < 1e-4)
    }
  }

  @Test func withoutOneTheMeanOfTokensIsTaken() throws {
    let alone = try ["c", "d"].map { try tag([$0], "-p") }
    let both = try tag(["c", "d"], "-p")
    let tags = try #require(both["tags"] as? [String])
    let found = try #require(both["probabilities"] as? [Double])
    for (t, probability) in found.enumerated() {
      let own = alone.compactMap { record -> Double? in
        (record["tags"] as? [String])?[t] == tags[t] ? (record["probabilities"] as? [Double])?[t] : nil
      }
      if own.count == 2 { #expect(abs(probability - (own[0] + own[1]) / 2) < 1e-4) }
    }
    let best = try tag(["c", "d"], "--n-best", "2")
    #expect((best["nBest"] as? [Any])?.count == 2)
  }

  @Test(arguments: [["a", "b"], ["c", "d"]])
  func givenTagsAreKeptAndFilesAreScored(models: [String]) throws {
    let workspace = try Self.fitted.get()
    let options = models.flatMap { ["-m", $0] }
    let forced = try workspace.seqtool(
      ["tag", "--force", "--format", "inline", "-p"] + options, stdin: "to new/O york/B-city\n")
    #expect(forced.status == 0 && forced.stdout.contains("new/O/1") && forced.stdout.contains("york/B-city/1"))
    let scores = try object(workspace.seqtool(["eval", "--json"] + options).stdout)
    #expect((scores["f1"] as? Double ?? 0) > 0.5)
  }

  @Test func otherConstraintsAreRefused() throws {
    let workspace = try Workspace.tagging()
    for (name, constraints) in [("a", "auto"), ("b", "none")] {
      let settings = ["output=\(name)", "inference.constraints=\(constraints)", "training.epochs=1"]
      let result = try workspace.seqtool(["fit", "-q", "config.json"] + settings.flatMap { ["--set", $0] })
      #expect(result.status == 0, "\(result.stderr)")
    }
    let result = try workspace.seqtool("eval", "-m", "a", "-m", "b")
    #expect(result.status == 65 && result.stderr.contains("they differ in inference.constraints"), "\(result.stderr)")
  }
}
