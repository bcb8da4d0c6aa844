package import SeqRecords

/// Records that a fit has without a file.
public struct MemoryData: Sendable, Equatable {
  /// What stands in a config where the name of a file would.
  package static let name = "(in memory)"

  package let train: [Record]
  package let dev: [Record]

  package init(train: [Record], dev: [Record]) { (self.train, self.dev) = (train, dev) }
}
