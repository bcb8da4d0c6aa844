public import SeqConfig
import SeqCore
public import SeqReport
public import SeqTags

/// What a check found.
public struct CheckReport: Sendable {
  /// What was read.
  public var parts: [PartSummary]
  /// The findings by kind, errors first.
  public var groups: [FindingGroup]
  /// The largest share of records, over all parts, that a model with one answer per text can get right.
  public var ceiling: Double?
  /// How tags mark spans; `nil` if they do not.
  public var scheme: TagScheme?
  let isTagging: Bool

  /// How many errors there are.
  public var errors: Int { groups.reduce(0) { $0 + ($1.kind.isError ? $1.count : 0) } }
  /// How many warnings there are.
  public var warnings: Int { groups.reduce(0) { $0 + ($1.kind.isError ? 0 : $1.count) } }

  /// A table of the parts, without a line end.
  public var table: String {
    let hasVectors = parts.contains { $0.vectors != nil }
    var columns = ["records", "tokens", "longest", "labels", "majority", "best possible", "unknown"]
    columns[3] = isTagging ? "tags" : "labels"
    if isTagging { columns.remove(at: 4) }
    if hasVectors { columns.append("with vector") }
    var table = TextTable([.left("part")] + columns.map { TextTable.Column.right($0) })
    for part in parts {
      var cells = [part.name, part.records.grouped, part.tokens.grouped, part.longest.grouped, part.labels.grouped]
      if !isTagging { cells.append(part.majority.map(percent) ?? "–") }
      cells += [part.ceiling.map(percent) ?? "–", part.unknown.map(percent) ?? "–"]
      if hasVectors { cells.append(part.vectors.map { percent($0.lowercased) } ?? "–") }
      table.add(cells)
    }
    return table.render()
  }

  /// Everything as one object.
  public var json: ConfigNode {
    .object([
      ("errors", .integer(errors)), ("warnings", .integer(warnings)), ("ceiling", .realOrNull(ceiling)),
      ("scheme", scheme.map { .string($0.rawValue) } ?? .null), ("parts", .array(parts.map(\.json))),
      ("counts", .object(groups.map { ($0.kind.rawValue, .integer($0.count)) })),
      ("findings", .array(groups.flatMap(\.shown).map(\.json))),
    ])
  }
}

/// What a check found out about one part.
public struct PartSummary: Sendable {
  /// `train`, `dev` or `test`.
  public var name: String
  /// The file or folder.
  public var path: String
  /// How many texts.
  public var records: Int
  /// The total number of tokens, and that of the longest text.
  public var tokens: Int, longest: Int
  /// How many different labels or tags.
  public var labels: Int
  /// The share of the most frequent label, which a model reaches without learning anything.
  public var majority: Double?
  /// The largest share that a model with one answer per text can get right.
  public var ceiling: Double?
  /// The share of running tokens that do not occur in the first part.
  public var unknown: Double?
  /// The share of running tokens with a vector: as written, and including those found in lower case.
  public var vectors: (exact: Double, lowercased: Double)?

  init(
    _ part: InspectedData.Part, _ all: Collection, _ number: Int, _ repetitions: Repetitions, _ file: WordVectorFile?
  ) {
    let statistics = all.statistics[number]
    (name, path) = (part.name, part.path)
    (records, tokens) = (statistics.records, statistics.tokens)
    longest = statistics.lengths.keys.max() ?? 0
    labels = statistics.labels.count
    let isLabelled = all.table.tags.isEmpty && records > 0
    majority = isLabelled ? statistics.labels.values.map(\.count).max().map { Double($0) / Double(records) } : nil
    ceiling = labels > 0 ? repetitions.ceiling(of: number) : nil
    unknown = VocabularyCheck.unknownShare(all, number)
    vectors = file?.coverage(of: statistics.vocabulary)
  }

  fileprivate var json: ConfigNode {
    .object([
      ("name", .string(name)), ("path", .string(path)), ("records", .integer(records)), ("tokens", .integer(tokens)),
      ("longest", .integer(longest)), ("labels", .integer(labels)), ("majority", .realOrNull(majority)),
      ("ceiling", .realOrNull(ceiling)), ("unknownTokens", .realOrNull(unknown)),
      ("withVector", .realOrNull(vectors?.exact)), ("withVectorLowercased", .realOrNull(vectors?.lowercased)),
    ])
  }
}

extension Finding {
  fileprivate var json: ConfigNode {
    .object([
      ("kind", .string(kind.rawValue)), ("severity", .string(kind.isError ? "error" : "warning")),
      ("file", place.file.map { .string($0) } ?? .null), ("line", place.line.map { .integer($0) } ?? .null),
      ("column", place.column.map { .integer($0) } ?? .null), ("message", .string(message)),
      ("remedy", remedy.map { .string($0) } ?? .null),
    ])
  }
}
