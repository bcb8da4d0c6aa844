import ArgumentParser
import SeqConfig
import SequenceToolkit

struct ConfigSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of configs, so that an editor completes and checks them.",
    discussion: """
      Save it next to the config and name it there:

        seqtool config schema > config.schema.json
        { "$schema": "./config.schema.json", "task": … }

      seqtool init does both.
      """)

  func run() throws {
    try reporting { try Terminal.output.write(Self.text()) }
  }

  /// The schema as a file.
  static func text() throws(SeqError) -> String { try JSONWriter.text(of: ExperimentConfig.schema) + "\n" }
}
