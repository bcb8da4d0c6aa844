import ArgumentParser

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Explain config keys, compare configs, and print a schema for editors.",
    discussion: """
      EXAMPLES
        seqtool config explain                             all keys
        seqtool config explain model.dropout               one key: range, default, meaning, example
        seqtool config explain training.clip --in config.json
        seqtool config diff a.json b.json                  where two configs or models differ
        seqtool config schema > config.schema.json         for editors
      """,
    subcommands: [
      ConfigExplainCommand.self, ConfigDiffCommand.self, ConfigSchemaCommand.self, ConfigReferenceCommand.self,
    ])
}
