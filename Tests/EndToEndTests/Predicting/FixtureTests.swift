import Foundation
import SeqTestSupport
import Testing

/// Models that were fitted by earlier versions: see Tests/Fixtures.
struct FixtureTests {
  private static let folder = packageFolder + "/Tests/Fixtures/models"
  static let layouts = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []

  @Test func `there is a fixture of each task`() throws {
    #expect(Self.layouts.contains("layout-1"))
    for layout in Self.layouts {
      for task in ["classification", "tagging", "one-to-one", "transduction", "generation"] {
        #expect(FileManager.default.fileExists(atPath: "\(Self.folder)/\(layout)/\(task).answers"), "\(task)")
      }
    }
  }

  @Test(arguments: layouts) func `it answers with the bits that it answered with`(layout: String) throws {
    let workspace = try Workspace()
    try FileManager.default.copyItem(atPath: "\(Self.folder)/\(layout)", toPath: workspace.path + "/models")
    let answers = try FileManager.default.contentsOfDirectory(atPath: workspace.path + "/models")
      .filter { $0.hasSuffix(".answers") }
    let before = try answers.map { try workspace.text("models/" + $0) }
    let result = try workspace.run(
      "/bin/sh", [packageFolder + "/scripts/fixture-answers", Command.seqtool, workspace.path + "/models"])
    #expect(result.status == 0, "\(result.stderr)")
    for (name, text) in zip(answers, before) { #expect(try workspace.text("models/" + name) == text, "\(name)") }
  }

  @Test func `a model of a later layout is refused by name`() throws {
    let workspace = try Workspace()
    try FileManager.default.copyItem(
      atPath: Self.folder + "/layout-1/classification", toPath: workspace.path + "/model")
    try workspace.write(#"{ "layout": 99, "seqtool": "7.0.0" }"#, to: "model/model.json")
    try workspace.write(#"{ "task": "prophecy" }"#, to: "model/config.json")
    let result = try workspace.seqtool("tag", "--model", "model", stdin: "a\n")
    #expect(result.status == 65 && result.stdout.isEmpty)
    #expect(result.stderr.contains("model/model.json: was written by seqtool 7.0.0 in layout 99"), "\(result.stderr)")
    try workspace.write("{}", to: "model/model.json")
    #expect(try workspace.seqtool("tag", "--model", "model", stdin: "a\n").status == 65)
  }
}
