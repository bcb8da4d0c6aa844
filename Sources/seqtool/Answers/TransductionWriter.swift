import SeqConfig
import SeqCore
import SequenceToolkit

/// Writes a transducer's answers for records, all in the same layout.
struct TransductionWriter {
  private let layout: AnswerLayout
  /// How many texts to write for a record.
  private let count: Int
  private let scores: Bool
  /// Whether objects hold the full outputs instead of only the best text.
  private let asOutputs: Bool
  private let attention: Bool
  private var rows: TableRowWriter?

  init(_ layout: AnswerLayout, count: Int, scores: Bool, asOutputs: Bool, attention: Bool) {
    (self.layout, self.count, self.scores) = (layout, count, scores)
    (self.asOutputs, self.attention) = (asOutputs || count > 1, attention)
    if case .table(let form) = layout { rows = TableRowWriter(form) }
  }

  /// Starts with the first records of the input, and notes fields without a place.
  /// - Returns: the bytes before all records.
  mutating func begin(_ batch: [Record], _ place: (Record) -> Place) -> [UInt8] {
    let names = (0..<count).flatMap { rank -> [String] in
      let suffix = rank == 0 ? "" : "_\(rank + 1)"
      return ["target" + suffix] + (scores ? ["score" + suffix] : [])
    }
    return rows?.begin(batch, answers: names, place) ?? []
  }

  /// A record with its answers.
  func bytes(_ record: Record, _ result: Transduction) throws(SeqError) -> [UInt8] {
    switch layout {
    case .table: rows?.row(record, text: result.text, answers: columns(result)) ?? []
    case .ownObjects(let format):
      try format.line(record, with: RecordAnswer(text: result.text, targets: result.outputs.map(\.text)))
    case .objects: try ObjectWriter.line(record, answers: members(result))
    case .plain, .lines: Array((cells(result).joined(separator: "\t") + "\n").utf8)
    }
  }

  private func cells(_ result: Transduction) -> [String] {
    result.outputs.map { RecordWriter.cell($0.text) + (scores ? "\t" + $0.score.fixed() : "") }
  }

  private func columns(_ result: Transduction) -> [String?] {
    (0..<count).flatMap { rank -> [String?] in
      let output = rank < result.outputs.count ? result.outputs[rank] : nil
      return [output?.text] + (scores ? [output?.score.fixed()] : [])
    }
  }

  private func members(_ result: Transduction) -> [(String, ConfigNode)] {
    var members: [(String, ConfigNode)] = [("text", .string(result.text))]
    guard asOutputs else {
      members.append(("target", result.outputs.first.map { .string($0.text) } ?? .null))
      return members
    }
    if attention { members.append(("tokens", .array(result.sourceTokens.map(ConfigNode.string)))) }
    members.append(("outputs", .array(result.outputs.map(object))))
    return members
  }

  private func object(_ output: Transduction.Output) -> ConfigNode {
    var members: [(String, ConfigNode)] = [
      ("text", .string(output.text)), ("score", .real(output.score)),
      ("logProbability", .real(output.logProbability)), ("isWhole", .bool(output.isWhole)),
    ]
    if attention {
      members.append(("tokens", .array(output.tokens.map(ConfigNode.string))))
      members.append(("attention", .array(output.attention.map { .array($0.map { .real(Double($0)) }) })))
    }
    return .object(members)
  }
}
