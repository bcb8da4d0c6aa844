import Foundation
import SeqTestSupport
import SequenceToolkit
import Testing

/// The configs in `examples` work as they stand.
struct ConfigExampleTests {
  static let folder = packageFolder + "/examples"
  static let names = configs(in: folder)
  static let publicNames = configs(in: folder + "/public")

  private static func configs(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") || $0.hasSuffix(".plist") }.sorted()
  }

  @Test func thereAreExamplesOfAllTasksAndBothFormats() throws {
    let tasks = try Self.names.map { try ExperimentConfig(contentsOf: Self.folder + "/" + $0).task }
    #expect(Set(tasks) == Set(SequenceTask.allCases))
    #expect(Set(Self.names.map { $0.split(separator: ".").last }) == ["json", "plist"])
  }

  static let namesOfLabelling = names.filter { $0 != "dates.json" }

  @Test(arguments: namesOfLabelling) func anExampleFitsEvaluatesAndTags(name: String) throws {
    let workspace = try Workspace()
    let config = Self.folder + "/" + name
    let fit = try workspace.seqtool("fit", config, "--set", "training.epochs=2", "--set", "output=model")
    #expect(fit.status == 0 && fit.stdout.hasPrefix("test\n"), "\(fit.stderr)")
    #expect(!fit.stderr.contains("warning"), "\(fit.stderr)")
    let scores = try workspace.seqtool("eval", "--json")
    if try ExperimentConfig(contentsOf: config).task == .generation { return try expectTexts(workspace, scores.stdout) }
    #expect(scores.status == 0 && scores.stdout.contains("\"accuracy\": "))
    let tag = try workspace.seqtool("tag", "--format", "jsonl", stdin: "set an alarm for noon\n不好\n")
    #expect(tag.status == 0 && tag.stdout.split(separator: "\n").count == 2)
  }

  /// What a generator writes and how it is scored.
  private func expectTexts(_ workspace: Workspace, _ scores: String) throws {
    #expect(scores.contains("\"bitsPerCharacter\": "))
    let label = try workspace.text("model/vocabulary/labels.txt").split(separator: "\n").first
    let arguments = label.map { ["--label", String($0)] } ?? []
    let texts = try workspace.start(["generate", "--count", "4", "--max-length", "12"] + arguments).finish()
    #expect(texts.status == 0 && texts.stdout.split(separator: "\n").count >= 3, "\(texts.stderr)")
  }

  @Test(arguments: names + publicNames.map { "public/" + $0 }) func anExampleIsFreeOfMistakes(name: String) throws {
    let workspace = try Workspace()
    let config = try ExperimentConfig(contentsOf: copy(name, to: workspace))
    let stem = try #require(name.split(separator: "/").last?.split(separator: ".").first)
    #expect(config.output.contains("/models/\(stem)"), "models do not take each other's place")
  }

  /// Copies an example, and makes an empty file for each file of vectors that it names: only its user has those.
  private func copy(_ name: String, to workspace: Workspace) throws -> String {
    let text = try String(contentsOfFile: Self.folder + "/" + name, encoding: .utf8)
    let copy = URL(filePath: workspace.path + "/project/examples/" + name)
    try workspace.write(text, to: "project/examples/" + name)
    for match in text.matches(of: /"vectors": "([^"]+)"/) {
      let file = copy.deletingLastPathComponent().appending(path: String(match.1)).standardizedFileURL
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: file)
    }
    return copy.path
  }

  @Test func theExampleOfDatesLearnsToWriteThem() throws {
    let workspace = try Workspace()
    let fit = try workspace.seqtool(
      "fit", Self.folder + "/dates.json", "--set", "training.epochs=4", "--set", "output=model")
    #expect(fit.status == 0 && fit.stdout.hasPrefix("test\nwordErrorRate"), "\(fit.stderr)")
    let scores = try workspace.seqtool("eval", "--json")
    let line = try #require(scores.stdout.split(separator: "\n").first { $0.contains("\"symbolErrorRate\": ") })
    let rate = line.split(separator: " ").last.flatMap { Double($0.split(separator: ",")[0]) }
    #expect(try #require(rate) < 0.1)
    let lines = try workspace.seqtool("transduce", stdin: "3 March 1999\n\n14/2/1850\n")
    #expect(lines.status == 0 && lines.stdout.split(separator: "\n", omittingEmptySubsequences: false).count == 4)
  }

  @Test(.enabled(if: publicDataFolder != nil, "the public data sets are not here"))
  func thePublicExampleOfPronunciationsReadsItsData() throws {
    let workspace = try Workspace()
    let folder = (publicDataFolder ?? "") + "/sigmorphon2020_g2p/fre_"
    let parts = ["train", "dev", "test"].flatMap { ["--set", "data.\($0)=\(folder)\($0).tsv"] }
    let small = [
      "--set", "training.epochs=1", "--set", "model.hidden=16", "--set", "model.decoder.hidden=16",
      "--set", "output=model",
    ]
    let config = Self.folder + "/public/sigmorphon2020_g2p.json"
    let fit = try workspace.start(["fit", config] + parts + small).finish()
    #expect(fit.status == 0 && fit.stdout.contains(/sequences +450/), "\(fit.stderr) \(fit.stdout)")
  }

  @Test(.enabled(if: publicDataFolder != nil, "the public data sets are not here"))
  func thePublicExampleOfNamesLearns() throws {
    let workspace = try Workspace()
    let parts = ["train", "dev", "test"].flatMap {
      ["--set", "data.\($0)=\(publicDataFolder ?? "")/names_split/\($0).csv"]
    }
    let config = Self.folder + "/public/names_split.json"
    let small = ["--set", "training.epochs=1", "--set", "model.hidden=32", "--set", "output=model"]
    let fit = try workspace.start(["fit", config] + parts + small).finish()
    #expect(fit.status == 0, "\(fit.stderr)")
    let accuracy = try #require(fit.stdout.split(separator: "\n").first { $0.hasPrefix("accuracy ") })
    #expect(try #require(Double(accuracy.split(separator: " ")[1])) > 0.5)
  }
}

/// Chinese, and Chinese with English words, from a fit to a label.
struct ChineseExampleTests {
  @Test(arguments: [("reviews-zh", "质量很好，很满意", "太差了，后悔"), ("reviews-mixed", "coffee很香，喜欢，great", "App太差，bad，失望")])
  func itLearnsAndLabels(name: String, good: String, bad: String) throws {
    let workspace = try Workspace()
    let fit = try workspace.seqtool(
      "fit", "-q", ConfigExampleTests.folder + "/" + name + ".json", "--set", "output=model")
    #expect(fit.status == 0, "\(fit.stderr)")
    let tag = try workspace.seqtool("tag", "--model", "model", stdin: "\(good)\n\(bad)\n")
    #expect(tag.stdout == "positive\nnegative\n", "\(tag.stderr)")
    let tokens = try workspace.seqtool("tokenizer", "apply", "--model", "model", stdin: "好App\n")
    #expect(tokens.stdout == (name == "reviews-zh" ? "好 A p p\n" : "好 app\n"))
  }
}
