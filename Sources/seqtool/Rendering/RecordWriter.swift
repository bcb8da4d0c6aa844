import ArgumentParser
import SeqConfig
import SeqCore
import SequenceToolkit

/// How `tag` writes a record.
enum RecordFormat: String, ExpressibleByArgument, CaseIterable {
  case columns, inline, jsonl
}

/// Writes predictions as records.
struct RecordWriter {
  private let task: Task
  private let format: RecordFormat
  private let showsProbabilities: Bool
  private let top: Int

  /// - Throws: `.usage` if the options do not fit the task.
  init(task: Task, format: RecordFormat, showsProbabilities: Bool, top: Int) throws(SeqError) {
    self.task = task
    self.format = format
    self.showsProbabilities = showsProbabilities
    self.top = top
    if task == .classification, format == .inline {
      throw .usage("--format inline goes with a tagger; this model is a classifier", remedy: "use columns or jsonl")
    }
    if task == .tagging, top > 1 { throw .usage("--top goes with a classifier; this model is a tagger") }
  }

  func append(_ prediction: TextPrediction, to text: inout String) throws(SeqError) {
    switch (format, task) {
    case (.jsonl, _):
      text += try JSONWriter.text(of: object(prediction), style: .compact) + "\n"
    case (_, .classification):
      text += prediction.ranking.prefix(top).map(column).joined(separator: "\t") + "\n"
    case (.inline, _):
      text +=
        prediction.tokens.map { "\(Self.cell($0.text))/\(Self.cell($0.tag))" + suffix("/", $0.probability) }.joined(
          separator: " ") + "\n"
    case (.columns, _):
      for token in prediction.tokens {
        text += "\(Self.cell(token.text))\t\(Self.cell(token.tag))" + suffix("\t", token.probability) + "\n"
      }
      text += "\n"
    }
  }

  /// A classifier's row of scores, or a tagger's rows, as one JSON object on a line.
  static func line(logits rows: [[Float]], task: Task) throws(SeqError) -> String {
    let lists = rows.map { ConfigNode.array($0.map { .realOrNull(Double($0)) }) }
    let value = task == .tagging ? ConfigNode.array(lists) : lists.first ?? .null
    return try JSONWriter.text(of: .object([("logits", value)]), style: .compact) + "\n"
  }

  private func column(_ label: LabelProbability) -> String { Self.cell(label.label) + suffix("\t", label.probability) }

  /// A text that holds no column or line ends: `\t`, `\n` and `\r` stand for them.
  private static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return text }
    return text.replacing("\t", with: "\\t").replacing("\r\n", with: "\\r\\n")
      .replacing("\n", with: "\\n").replacing("\r", with: "\\r")
  }

  private func suffix(_ separator: String, _ probability: Float) -> String {
    showsProbabilities ? separator + Double(probability).fixed() : ""
  }

  private func object(_ prediction: TextPrediction) -> ConfigNode {
    var members: [(String, ConfigNode)] = [("text", .string(prediction.text))]
    if task == .tagging {
      members.append(("tokens", .array(prediction.tokens.map { .string($0.text) })))
      members.append(("tags", .array(prediction.tokens.map { .string($0.tag) })))
      if showsProbabilities {
        members.append(("probabilities", .array(prediction.tokens.map { .real(Double($0.probability)) })))
      }
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
