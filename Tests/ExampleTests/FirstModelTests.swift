import Foundation
import SeqTestSupport
import Testing

/// The console blocks of docs/tutorial/first-model.md, run one after the other in a copy of the project's data.
struct FirstModelTests {
  @Test func everyCommandOfTheTutorialRunsAndPrintsWhatItShows() throws {
    let workspace = try Workspace()
    try FileManager.default.copyItem(atPath: packageFolder + "/data", toPath: workspace.path + "/data")
    let page = try String(contentsOfFile: packageFolder + "/docs/tutorial/first-model.md", encoding: .utf8)
    let blocks = page.components(separatedBy: "```console\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(blocks.count == 4)
    for block in blocks {
      let lines = block.split(separator: "\n")
      let command = try #require(lines.first).dropFirst(2).replacing("seqtool", with: "$seqtool")
      // Enough to see that it runs.
      let quick = command.contains(" fit ") ? " --set training.epochs=1 --set model.hidden=8" : ""
      let result = try workspace.shell(command + quick)
      #expect(result.status == 0, "\(command): \(result.stderr)")
      let printed = result.stdout + result.stderr
      for line in lines.dropFirst() where !line.hasPrefix("{") { #expect(printed.contains(line), "\(printed)") }
      if lines.last?.hasPrefix("{") == true { #expect(printed.contains("\"label\":"), "\(printed)") }
    }
  }
}
