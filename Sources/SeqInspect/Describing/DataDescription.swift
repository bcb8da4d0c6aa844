public import SeqConfig
public import SeqCore
import SeqData
import SeqRecipes
import SeqRecords
import SeqText

/// What data looks like: its sizes, lengths, labels and frequent tokens.
public struct DataDescription: Sendable {
  /// The sizes of one part; lengths are in tokens.
  public struct Part: Sendable {
    /// `train`, `dev` or `test`.
    public var name: String
    /// The file or folder.
    public var path: String
    /// How many records.
    public var records: Int
    /// The total number of tokens.
    public var tokens: Int
    /// The number of different tokens.
    public var distinct: Int
    /// The length that half of the records do not exceed.
    public var median: Int
    /// The length that 95 % do not exceed.
    public var percentile95: Int
    /// The length of the longest record.
    public var longest: Int

    /// Tokens per record; 0 without records.
    public var mean: Double { records > 0 ? Double(tokens) / Double(records) : 0 }
  }

  /// A label or tag, and how often each part has it.
  public struct Label: Sendable {
    /// The label itself.
    public var name: String
    /// The counts, in the order of the parts.
    public var counts: [Int]
  }

  /// A token of the first part.
  public struct FrequentToken: Sendable {
    /// The token itself.
    public var text: String
    /// How often the part has it.
    public var count: Int
  }

  /// The title in a picture.
  public var title: String
  /// The parts; shares and frequent tokens are those of the first one.
  public var parts: [Part]
  /// How many records of each length each part has.
  public var lengths: LengthHistogram
  /// The labels, by their frequency in all parts.
  public var labels: [Label]
  /// `label` or `tag`.
  public var labelNoun: String
  /// The tokens, the most frequent first.
  public var tokens: [FrequentToken]
  /// The number of mistakes in the files that were skipped.
  public var problems: Int

  /// Reads the data.
  /// - Parameter top: how many tokens to list.
  /// - Throws: errors that stop reading, and the mistakes in a part without any readable record.
  public init(_ data: InspectedData, title: String, top: Int) throws(SeqError) {
    let all = try Collection(data, nearThreshold: nil, isLenient: true)
    // A part that cannot be read at all is an error; an empty part is shown as empty.
    for (statistics, problems) in zip(all.statistics, all.problems)
    where statistics.records == 0 && problems.contains(where: { $0.place?.line != nil }) {
      throw SeqError(.data, problems)
    }
    self.title = title
    parts = zip(data.parts, all.statistics).map { part, statistics in
      let summary = LengthSummary(statistics.lengths)
      return Part(
        name: part.name, path: part.path, records: statistics.records, tokens: statistics.tokens,
        distinct: statistics.vocabulary.distinct, median: summary.quantile(0.5), percentile95: summary.quantile(0.95),
        longest: statistics.lengths.keys.max() ?? 0)
    }
    lengths = LengthHistogram(all.statistics.map(\.lengths))
    let names = all.table.labels.names
    let labels = names.indices.map { number in
      Label(name: names[number], counts: all.statistics.map { $0.labels[number]?.count ?? 0 })
    }
    self.labels = labels.sorted { a, b in
      let (more, less) = (a.counts.reduce(0, +), b.counts.reduce(0, +))
      return more == less ? a.name < b.name : more > less
    }
    labelNoun = data.wanted == .tags ? "tag" : "label"
    let vocabulary = all.statistics[0].vocabulary
    let counts = vocabulary.tokens.map { FrequentToken(text: $0, count: vocabulary.count(of: $0)) }
    tokens = Array(counts.sorted { ($1.count, $0.text) < ($0.count, $1.text) }.prefix(top))
    problems = all.problems.reduce(0) { $0 + $1.count }
  }

  /// Everything as one object.
  public var json: ConfigNode {
    .object([
      ("title", .string(title)), ("problems", .integer(problems)),
      (
        "parts",
        .array(
          parts.map {
            .object([
              ("name", .string($0.name)), ("path", .string($0.path)), ("records", .integer($0.records)),
              ("tokens", .integer($0.tokens)), ("distinctTokens", .integer($0.distinct)), ("mean", .real($0.mean)),
              ("median", .integer($0.median)), ("percentile95", .integer($0.percentile95)),
              ("longest", .integer($0.longest)),
            ])
          })
      ),
      ("lengths", .array(lengths.bins.map { Self.node($0.title, $0.counts) })),
      (labelNoun + "s", .array(labels.map { Self.node($0.name, $0.counts) })),
      ("tokens", .array(tokens.map { .object([("token", .string($0.text)), ("count", .integer($0.count))]) })),
    ])
  }

  private static func node(_ name: String, _ counts: [Int]) -> ConfigNode {
    .object([("name", .string(name)), ("counts", .array(counts.map { .integer($0) }))])
  }
}
