import SeqTestSupport
import Testing

/// The package in `examples/library`: a client of the library.
struct LibraryExampleTests {
  @Test(.timeLimit(.minutes(30))) func itBuildsAndPredicts() throws {
    let package = packageFolder + "/examples/library"
    let classification = try Workspace.classification(texts: 160)
    let tagging = try Workspace.tagging()
    let options = ["--package-path", package, "--scratch-path", classification.path + "/build"]
    let build = try classification.run("/usr/bin/env", ["swift", "build"] + options)
    #expect(build.status == 0, "\(build.stdout)\(build.stderr)")

    func predict(_ workspace: Workspace, _ texts: String...) throws -> CommandResult {
      try workspace.seqtool("fit", "-q", "config.json", "--set", "training.epochs=12")
      return try workspace.run(classification.path + "/build/debug/predict", ["model"] + texts)
    }
    let labels = try predict(classification, "the coffee was great", "my bag smells bad")
    #expect(labels.stdout == "positive\tthe coffee was great\nnegative\tmy bag smells bad\n", "\(labels.stderr)")
    let tags = try predict(tagging, "fly to new york")
    #expect(tags.stdout == "fly/O to/O new/B-city york/I-city\n", "\(tags.stderr)")

    let texts = try classification.text("train.csv").split(separator: "\n").dropFirst()
    let lines = texts.compactMap { line -> String? in
      let fields = line.split(separator: ",")
      return fields.count == 2 ? "\(fields[1])\t\(fields[0])" : nil
    }
    try classification.write(lines.joined(separator: "\n") + "\n", to: "lines.txt")
    let train = try classification.shell("build/debug/train own < lines.txt")
    #expect(train.status == 0 && train.stdout.contains("accuracy "), "\(train.stdout)\(train.stderr)")
    let cell = try classification.shell("build/debug/cell with-cell < lines.txt")
    #expect(cell.status == 0 && cell.stdout.split(separator: "\n").count == 4, "\(cell.stdout)\(cell.stderr)")
    let refusal = try classification.seqtool("tag", "--model", "with-cell", stdin: "the coffee was great\n")
    #expect(refusal.status == 65 && refusal.stderr.contains("has no cell \"minimal-gated-unit\""), "\(refusal.stderr)")
    let answers = try classification.seqtool("tag", "--model", "own", stdin: "the coffee was great\n")
    #expect(answers.stdout == "positive\n", "\(answers.stderr)")
  }
}
