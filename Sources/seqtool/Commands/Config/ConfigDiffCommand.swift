import ArgumentParser
import SeqConfig
import SeqCore
import SeqMetrics
import SeqReport
import SeqTags
import SequenceToolkit

struct ConfigDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Print the values that differ between two configs, including defaults.",
    discussion: """
      A config is a .json or .plist file, or the folder of a model.
      Exit status: 0 if they are the same, 1 if they differ.

      EXAMPLES
        seqtool config diff a.json b.json
        seqtool config diff models/a models/b
      """)

  @Argument(help: "The first config or model.", completion: .file())
  var first: String

  @Argument(help: "The second config or model.", completion: .file())
  var second: String

  func run() throws {
    var isSame = true
    try reporting {
      let (a, b) = (try ExperimentConfig(fileOrModel: first), try ExperimentConfig(fileOrModel: second))
      // Two models always have different output folders.
      let areModels = FileSystem.isFolder(first) && FileSystem.isFolder(second)
      let differences = a.differences(from: b).filter { !areModels || $0.path != "output" }
      isSame = differences.isEmpty
      if isSame { return }
      var table = TextTable([.left("key"), .left(first), .left(second)])
      for difference in differences {
        table.add([difference.path, Self.text(difference.own), Self.text(difference.other)])
      }
      try Terminal.output.write(table.render() + "\n")
    }
    if !isSame { throw ExitCode(1) }
  }

  private static func text(_ node: ConfigNode?) -> String {
    guard let node else { return "–" }
    return node.stringValue ?? (try? JSONWriter.text(of: node, style: .compact)) ?? ""
  }
}
