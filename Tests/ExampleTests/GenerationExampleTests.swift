import Foundation
import SeqTestSupport
import Testing

/// What the generator of names makes up, judged by the classifier of names.
struct GenerationExampleTests {
  @Test(.timeLimit(.minutes(30))) func namesAreNewAndOfTheLanguageThatWasAskedFor() throws {
    let workspace = try Workspace()
    for (name, output) in [("names-generation", "generator"), ("names", "classifier")] {
      let fit = try workspace.seqtool(
        "fit", "-q", ConfigExampleTests.folder + "/\(name).json", "--set", "output=\(output)")
      #expect(fit.status == 0, "\(fit.stderr)")
    }
    let check = try workspace.shell(
      "SEQTOOL=$seqtool sh \(packageFolder)/scripts/check-generation generator classifier "
        + "\(packageFolder)/data/names/train.csv 500 --temperature 0.5 --seed 7")
    #expect(check.status == 0, "\(check.stderr)")
    let figures = check.stdout.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(figures.count == 2 && figures[0][0] == "recovered" && figures[1][0] == "new")
    #expect(try #require(Double(figures[0][1])) >= 0.6, "\(check.stdout)")
    #expect(try #require(Double(figures[1][1])) >= 0.5, "\(check.stdout)")
  }

  @Test(.enabled(if: publicDataFolder != nil, "the public data sets are not here"))
  func thePublicExamplesOfGenerationLearn() throws {
    let workspace = try Workspace()
    for (name, path) in [("tinyshakespeare", "tinyshakespeare/input.txt"), ("nottingham", "nottingham/slip*.abc")] {
      let small = ["training.epochs=1", "model.hidden=32", "model.layers=1", "output=\(name)"]
      let data = name == "nottingham" ? [] : ["data.split={\"dev\": 0.8, \"test\": 0.1}"]
      let set = (small + data + ["data.train=\(publicDataFolder ?? "")/\(path)"]).flatMap { ["--set", $0] }
      let fit = try workspace.start(["fit", "-q", ConfigExampleTests.folder + "/public/\(name).json"] + set).finish()
      #expect(fit.status == 0 && fit.stdout.contains("bitsPerCharacter"), "\(fit.stderr)")
      let text = try workspace.seqtool("generate", "--model", name, "--prompt", "M", "--max-length", "40")
      #expect(text.status == 0 && text.stdout.hasPrefix("M") && text.stdout.count >= 40, "\(text.stderr)")
    }
  }
}
