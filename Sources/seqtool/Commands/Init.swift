import ArgumentParser
import SeqCore
import SequenceToolkit

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a starter: a config, a page that explains each of its keys, and sample data to replace.",
    discussion: """
      EXAMPLES
        seqtool init reviews                  a classifier in the folder reviews
        seqtool init slots --task tagging
        seqtool init sounds --task transduction
        seqtool fit reviews/config.json
      """)

  @Argument(help: "The folder to make.")
  var name: String

  @Option(
    help: ArgumentHelp(
      "What the model shall do: give a label to a text, a tag to each token, turn a text into another, make texts up; or "
        + "give a label without recurrence.", valueName: "task"))
  var task = StarterTask.classification

  /// Its name as it is shown: without slashes at the end.
  private var folder: String {
    var folder = name
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder
  }

  func run() throws {
    try reporting {
      guard !name.isEmpty else {
        throw SeqError.usage("the name is empty", remedy: "name a folder to be made: seqtool init names")
      }
      let folder = folder
      guard !FileSystem.exists(folder) else {
        throw SeqError(
          .inputOutput, "exists already; nothing was written", at: .file(folder), remedy: "choose another name")
      }
      let starter = Starter(task: task, name: folder.split(separator: "/").last.map(String.init) ?? folder)
      for (file, text) in starter.files {
        try FileSystem.makeFolder(FileSystem.folder(of: folder + "/" + file))
        try FileSystem.write(text, to: folder + "/" + file)
      }
      Terminal.error.line("wrote \(folder)/config.json; \(folder)/README.md explains it")
      Terminal.error.line("put your data into \(folder)/data, then: seqtool fit \(folder)/config.json")
    }
  }
}
