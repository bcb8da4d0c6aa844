import Foundation
import SeqTestSupport
import Testing

/// The README's console blocks, run as they stand in a copy of the project's examples and data.
@Suite(.serialized) struct ReadmeTests {
  /// A command of a console block, and the lines printed under it.
  struct Entry {
    let command: String
    let output: [String]
  }

  @Test func everyCommandOfTheTourRunsInTurn() throws {
    let project = try copyOfTheProject()
    let blocks = try consoleBlocks()
    let tour = try #require(blocks.first)
    #expect(tour.count >= 5)
    for entry in tour {
      let result = try project.shell("seqtool() { \"$seqtool\" \"$@\"; }; " + entry.command)
      #expect(result.status == 0, "\(entry.command): \(result.stderr)")
      // Names of scores and columns stay; their values may differ with the CPU.
      let printed = Set((result.stdout + result.stderr).split(separator: "\n").compactMap(firstWord))
      for line in entry.output {
        if let word = firstWord(line[...]) { #expect(printed.contains(word), "\(entry.command) prints no \(word)") }
      }
    }
  }

  @Test func theMistakesAreReportedAsShown() throws {
    let blocks = try consoleBlocks()
    let entry = try #require(blocks.last?.first)
    let project = try copyOfTheProject()
    let config = try project.text("examples/commands.json")
      .replacing("\"lstm\"", with: "\"lstn\"").replacing("\"layers\"", with: "\"layerz\"")
      .replacing("\"epochs\": 25", with: "\"epochs\": \"many\"")
    try project.write(config, to: "examples/config.json")
    let result = try project.shell("cd examples; seqtool() { \"$seqtool\" \"$@\"; }; " + entry.command)
    #expect(result.status == 65)
    #expect(result.complaints == entry.output)
  }

  @Test func theSwiftCodeIsThatOfTheLibraryExample() throws {
    let readme = try String(contentsOfFile: packageFolder + "/README.md", encoding: .utf8)
    let start = try #require(readme.range(of: "```swift\n"))
    let code = readme[start.upperBound...].prefix { $0 != "`" }
    let main = try String(
      contentsOfFile: packageFolder + "/examples/library/Sources/predict/main.swift", encoding: .utf8)
    #expect(main.hasSuffix(code))
  }

  @Test func `the page on the library shows its examples`() throws {
    let page = try String(contentsOfFile: packageFolder + "/docs/how-to/use-from-swift.md", encoding: .utf8)
    for name in ["train/main", "predict/main", "cell/MinimalGatedUnit"] {
      let path = packageFolder + "/examples/library/Sources/\(name).swift"
      #expect(page.contains("```swift\n" + (try String(contentsOfFile: path, encoding: .utf8)) + "```"), "\(name)")
    }
  }

  private func firstWord(_ line: Substring) -> String? {
    line.split(whereSeparator: \.isWhitespace).first.map(String.init).flatMap { $0 == "…" ? nil : $0 }
  }

  private func copyOfTheProject() throws -> Workspace {
    let project = try Workspace()
    for name in ["examples", "data"] {
      try FileManager.default.copyItem(atPath: packageFolder + "/" + name, toPath: project.path + "/" + name)
    }
    return project
  }

  private func consoleBlocks() throws -> [[Entry]] {
    let readme = try String(contentsOfFile: packageFolder + "/README.md", encoding: .utf8)
    return readme.components(separatedBy: "```console\n").dropFirst().map { block in
      let lines = block.components(separatedBy: "```")[0].split(separator: "\n").map(String.init)
      return lines.split(omittingEmptySubsequences: false) { $0.hasPrefix("$ ") }.dropFirst().enumerated().map {
        i, output in
        Entry(command: String(lines.filter { $0.hasPrefix("$ ") }[i].dropFirst(2)), output: Array(output))
      }
    }
  }
}
