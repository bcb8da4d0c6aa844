import ArgumentParser

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Look at data, mend it, cut it into parts, and fetch public sets.",
    discussion: """
      EXAMPLES
        seqtool data check config.json                 all that is wrong with a config's data
        seqtool data describe reviews.csv              sizes, lengths, labels, frequent tokens
        seqtool data split reviews.csv --to parts      train, dev and test
        seqtool data fetch atis                        a public set, verified
      """,
    subcommands: [DataCheckCommand.self, DataDescribeCommand.self, DataSplitCommand.self, DataFetchCommand.self])
}
