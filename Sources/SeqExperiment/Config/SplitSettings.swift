package import SeqConfig
import SeqData

/// A seeded, stratified cut of one file.
public struct SplitSettings: Sendable, Equatable {
  /// The share of the texts that tells which epoch is best.
  public var dev = 0.1
  /// The share of the texts that the final scores are from.
  public var test = 0.1
  /// Another seed gives another cut.
  public var seed: UInt64 = 1

  /// A tenth for each.
  public init() {}
}

extension SplitSettings: ConfigSection {
  package static let keys: [Key<Self>] = [
    .double("dev", \.dev, in: .from(0, below: 1), "Share of the texts split off as dev data")
      .alias("validation_split", "val_size", "dev_size", "valid_size"),
    .double(
      "test", \.test, in: .from(0, below: 1),
      "Share of the texts split off as test data; `dev` and `test` together stay below 1"
    ).alias("test_split", "test_size"),
    .value("seed", \.seed, .seed, "Another seed gives another split"),
  ]

  package func check(_ reader: ConfigReader) {
    if dev + test >= 1 { reader.problem("dev", "dev and test together leave nothing to train on") }
  }
}
