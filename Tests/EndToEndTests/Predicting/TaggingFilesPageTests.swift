import Foundation
import SeqTestSupport
import Testing

/// The page on files in and files out: its commands print what it shows.
struct TaggingFilesPageTests {
  @Test func theCommandsPrintWhatThePageShows() throws {
    let page = try String(contentsOfFile: packageFolder + "/docs/how-to/tag-files.md", encoding: .utf8)
    let workspace = try Workspace()
    for (name, model) in [("reviews", try Fitted.classifier()), ("requests", try Fitted.tagger())] {
      try FileManager.default.createSymbolicLink(
        atPath: workspace.path + "/" + name, withDestinationPath: model.path + "/model")
    }
    let entries = Self.entries(page)
    #expect(entries.count >= 18)
    for (command, output) in entries {
      if command.hasPrefix("cat "), !command.contains("|") {
        try workspace.write(output, to: String(command.dropFirst(4)))
        continue
      }
      let result = try workspace.shell("seqtool() { \"$seqtool\" \"$@\"; }; " + command)
      #expect(result.status == 0 && result.complaints == [], "\(command): \(result.stderr)")
      #expect(result.stdout == output, "\(command)")
    }
  }

  /// The commands of the console blocks, each with the lines under it.
  private static func entries(_ page: String) -> [(command: String, output: String)] {
    var entries: [(command: String, output: String)] = []
    var isInside = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ ") {
        entries.append((String(line.dropFirst(2)), ""))
      } else if isInside, !entries.isEmpty {
        entries[entries.count - 1].output += line + "\n"
      }
    }
    return entries
  }
}
