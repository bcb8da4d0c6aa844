import ArgumentParser
import SeqConfig
import SeqCore
import SequenceToolkit

/// How `tag` writes a record.
enum RecordFormat: String, ExpressibleByArgument, CaseIterable {
  case columns, inline, jsonl
}

/// Writes predictions as records.
struct RecordWriter: Sendable {
  private let task: SequenceTask
  private let format: RecordFormat
  private let showsProbabilities: Bool
  /// What the places of tokens are counted in, if they are written.
  private let offsets: OffsetUnit?
  /// How many labels of a classifier are written.
  let top: Int

  /// - Throws: `.usage` if the options do not fit the task.
  init(
    task: SequenceTask, format: RecordFormat, showsProbabilities: Bool, offsets: OffsetUnit?, top: Int
  ) throws(SeqError) {
    self.task = task
    self.format = format
    self.showsProbabilities = showsProbabilities
    self.offsets = offsets
    self.top = top
    if task.isClassification, format == .inline {
      throw .usage("--format inline goes with a tagger; this model is a classifier", remedy: "use columns or jsonl")
    }
    if task.isClassification, offsets != nil {
      throw .usage("--offsets goes with a tagger; this model is a classifier", remedy: "leave it out")
    }
    if task == .tagging, top > 1 { throw .usage("--top goes with a classifier; this model is a tagger") }
  }

  /// The record of a text, with its line end.
  func record(_ prediction: TextPrediction) throws(SeqError) -> String {
    if format == .jsonl { return try JSONWriter.text(of: object(prediction), style: .compact) + "\n" }
    var text = ""
    if task.isClassification {
      for (i, label) in prediction.ranking.prefix(top).enumerated() {
        if i > 0 { text += "\t" }
        text += Self.cell(label.label)
        append(label.probability, after: "\t", to: &text)
      }
    } else {
      let (inside, behind) = format == .inline ? ("/", " ") : ("\t", "\n")
      let ranges = ranges(prediction)
      for (i, token) in prediction.tokens.enumerated() {
        if i > 0 { text += behind }
        text += Self.cell(token.text)
        text += inside
        text += Self.cell(token.tag)
        append(token.probability, after: inside, to: &text)
        if let range = ranges?[i] { text += "\t\(range.lowerBound)\t\(range.upperBound)" }
      }
      // An empty line after each record of columns.
      if format == .columns, !prediction.tokens.isEmpty { text += "\n" }
    }
    text += "\n"
    return text
  }

  /// A classifier's row of scores, or a tagger's rows, as one JSON object on a line.
  func record(logits rows: [[Float]]) throws(SeqError) -> String {
    let lists = rows.map { ConfigNode.array($0.map { .realOrNull(Double($0)) }) }
    let value = task == .tagging ? ConfigNode.array(lists) : lists.first ?? .null
    return try JSONWriter.text(of: .object([("logits", value)]), style: .compact) + "\n"
  }

  /// Where the tokens of a text stand, if that is written.
  private func ranges(_ prediction: TextPrediction) -> [Range<Int>]? {
    offsets?.ranges(of: prediction.tokens.map(\.range), in: prediction.text)
  }

  /// A text that holds no column or line ends: `\t`, `\n` and `\r` stand for them.
  static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return text }
    return text.replacing("\t", with: "\\t").replacing("\r\n", with: "\\r\\n")
      .replacing("\n", with: "\\n").replacing("\r", with: "\\r")
  }

  private func append(_ probability: Float, after separator: String, to text: inout String) {
    guard showsProbabilities else { return }
    text += separator
    text += Double(probability).fixed()
  }

  private func object(_ prediction: TextPrediction) -> ConfigNode {
    var members: [(String, ConfigNode)] = [("text", .string(prediction.text))]
    if task == .tagging {
      members.append(("tokens", .array(prediction.tokens.map { .string($0.text) })))
      members.append(("tags", .array(prediction.tokens.map { .string($0.tag) })))
      if showsProbabilities {
        members.append(("probabilities", .array(prediction.tokens.map { .real(Double($0.probability)) })))
      }
      if let ranges = ranges(prediction) { members += ConfigNode.places(ranges) }
      return .object(members)
    }
    members.append(("label", prediction.ranking.first.map { .string($0.label) } ?? .null))
    if showsProbabilities {
      let shown = prediction.ranking.prefix(top).map { ($0.label, ConfigNode.real(Double($0.probability))) }
      members.append(("probabilities", .object(shown)))
    }
    return .object(members)
  }
}

extension ConfigNode {
  /// Where tokens begin and end, as two lists of numbers.
  static func places(_ ranges: [Range<Int>]) -> [(String, ConfigNode)] {
    [
      ("starts", .array(ranges.map { .integer($0.lowerBound) })),
      ("ends", .array(ranges.map { .integer($0.upperBound) })),
    ]
  }
}
