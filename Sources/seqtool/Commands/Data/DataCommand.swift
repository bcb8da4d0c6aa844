import ArgumentParser

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Check data, repair it, describe it, split it, and fetch public data sets.",
    discussion: """
      EXAMPLES
        seqtool data check config.json                 all mistakes in a config's data
        seqtool data describe reviews.csv              sizes, lengths, labels, frequent tokens
        seqtool data split reviews.csv --to parts      train, dev and test
        seqtool data fetch atis                        a public set, verified
      """,
    subcommands: [DataCheckCommand.self, DataDescribeCommand.self, DataSplitCommand.self, DataFetchCommand.self])
}
