import ArgumentParser
import SeqConfig
import SeqCore
import SequenceToolkit

/// Regenerates the tables of docs/reference/config.md; for developers of seqtool.
struct ConfigReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Print a page of documentation with its tables of keys regenerated.", shouldDisplay: false)

  @Argument(help: "The page, with markers for the tables.", completion: .file(extensions: ["md"]))
  var page: String

  @Option(name: .customLong("folder"), help: "The page's folder within the documentation.")
  var folder = "reference"

  @Flag(help: "Write the page instead of printing it.")
  var write = false

  func run() throws {
    try reporting {
      let keys = ExperimentConfig.allKeys
      let text = try FileSystem.readText(page)
      let filled = try KeyTables.filled(text, keys, in: folder)
      // Targets use the same keys as texts for their tokenizer and vocabulary.
      let missing = KeyTables.missing(from: text, keys).filter { !$0.path.hasPrefix("target") }
      if let key = missing.first { throw SeqError.data("\(key.path) is in no table", at: .file(page)) }
      if write { try FileSystem.write(filled, to: page) } else { try Terminal.output.write(filled) }
    }
  }
}
