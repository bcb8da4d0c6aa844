import ArgumentParser
import SeqCore
import SeqData
import SequenceToolkit

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a starter: a config, a page that explains each of its keys, and sample data to replace.",
    discussion: """
      With --from, init makes the project from your own file: it checks the
      file, splits it into train, dev and test, and writes a config for it. What
      you do not specify, it guesses: the columns from the header, and the
      format, the encoding and the task from the content. A folder with the
      files train, dev and test is used as it is.

      EXAMPLES
        seqtool init reviews                  a classifier in the folder reviews
        seqtool init slots --task tagging
        seqtool init sounds --task transduction
        seqtool init tickets --from tickets.csv --text body --label category
        seqtool fit reviews/config.json
      """)

  @Argument(help: "The folder to make.")
  var name: String

  @Option(
    help: ArgumentHelp(
      "The task: give a text a label, tag each token, turn a text into another, generate texts, or give a label without "
        + "recurrence. By default classification, or with --from what the file has. By default classification, or with "
        + "--from what the file has.", valueName: "task"))
  var task: StarterTask?

  @Option(
    help: ArgumentHelp("A file of your own, or a folder with train, dev and test.", valueName: "file"),
    completion: .file())
  var from: String?

  @Option(help: "The format of that file; by default it is detected from the name or the content.")
  var format: DataFormat?

  @OptionGroup(title: "READING, WITH --from") var reading: ReadingArguments

  func validate() throws {
    if from == nil, reading.isUsed || format != nil {
      throw ValidationError("--format, --text and the like describe the file of --from: name one with --from")
    }
  }

  /// The folder's name for messages, without trailing slashes.
  private var folder: String {
    var folder = name
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    return folder
  }

  func run() throws {
    try reporting {
      guard !name.isEmpty else {
        throw SeqError.usage("the name is empty", remedy: "name a new folder: seqtool init names")
      }
      let folder = folder
      guard !FileSystem.exists(folder) else {
        throw SeqError(
          .inputOutput, "already exists; nothing was written", at: .file(folder), remedy: "choose another name")
      }
      if let from {
        return try InitFrom(
          source: from, folder: folder, task: task,
          reading: reading.options(format: format, naming: .flags(format: "--format", tokens: nil)),
          isEncodingGiven: reading.encoding != nil
        ).run()
      }
      let starter = Starter(task: task ?? .classification, name: Starter.name(of: folder))
      for (file, text) in starter.files {
        try FileSystem.makeFolder(FileSystem.folder(of: folder + "/" + file))
        try FileSystem.write(text, to: folder + "/" + file)
      }
      Terminal.error.line("wrote \(folder)/config.json; \(folder)/README.md explains it")
      Terminal.error.line(
        "put your data into \(folder)/data, then: seqtool fit \(shellQuoted(folder + "/config.json"))")
    }
  }
}
