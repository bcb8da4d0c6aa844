import ArgumentParser

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Explain the keys of configs, compare configs, and help editors with them.",
    discussion: """
      EXAMPLES
        seqtool config explain                             all keys
        seqtool config explain model.dropout               one key: range, default, meaning, example
        seqtool config explain training.clip --in config.json
        seqtool config diff a.json b.json                  what two configs or models differ in
        seqtool config schema > config.schema.json         for editors
      """,
    subcommands: [
      ConfigExplainCommand.self, ConfigDiffCommand.self, ConfigSchemaCommand.self, ConfigReferenceCommand.self,
    ])
}
