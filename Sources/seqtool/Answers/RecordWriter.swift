import SeqConfig
import SeqCore
import SequenceToolkit

/// How `tag` writes new records.
enum RecordFormat: String {
  case columns, inline, jsonl
}

/// Writes predictions as records.
struct RecordWriter: Sendable {
  private let task: SequenceTask
  private let format: RecordFormat
  private let showsProbabilities: Bool
  /// The unit of the tokens' offsets, if they are written.
  private let offsets: OffsetUnit?
  /// How many labels of a classifier to write.
  private let top: Int
  /// How many tag sequences to write; 0 for only the best one, without its probability.
  private let sequences: Int
  private let spans: Bool
  /// Whether a tagger also gives a sentence label.
  private let hasLabel: Bool
  /// How many columns of labels a table has.
  private let labelColumns: Int

  /// - Throws: `.usage` if the options do not fit the task.
  init(
    task: SequenceTask, format: RecordFormat, showsProbabilities: Bool, offsets: OffsetUnit?, top: Int,
    sequences: Int = 0, spans: Bool = false, hasLabel: Bool = false, labels: Int = 1
  ) throws(SeqError) {
    (self.task, self.format, self.showsProbabilities) = (task, format, showsProbabilities)
    (self.offsets, self.top, self.sequences, self.spans) = (offsets, top, sequences, spans)
    self.hasLabel = hasLabel
    labelColumns = task.labelsTexts || hasLabel ? min(top, labels) : 0
    guard task.labelsTexts else {
      if top > 1, !hasLabel { throw .usage("--top only applies to classifiers; this model is a tagger") }
      return
    }
    if format == .inline {
      throw .usage("--to inline only applies to taggers; this model is a classifier", remedy: "use columns or jsonl")
    }
    let others = [("--offsets", offsets != nil), ("--n-best", sequences > 0), ("--spans", spans)]
    if let option = others.first(where: \.1)?.0 {
      throw .usage("\(option) only applies to taggers; this model is a classifier", remedy: "leave it out")
    }
  }

  /// What to predict for a record.
  var options: PredictionOptions {
    var options = PredictionOptions()
    (options.top, options.sequences, options.spans) = (top, sequences, spans)
    options.probabilities = task.labelsTexts || showsProbabilities
    return options
  }

  /// The record of a text, with its line end.
  func record(_ prediction: TextPrediction) throws(SeqError) -> String {
    if format == .jsonl { return try JSONWriter.text(of: .object(answers(prediction)), style: .compact) + "\n" }
    if task.labelsTexts { return ranking(prediction) + "\n" }
    guard sequences > 0, prediction.tokens.isEmpty || !prediction.sequences.isEmpty else {
      return sentence(prediction, tags: prediction.tokens.map(\.tag), rank: nil)
    }
    // A text without tokens has one record, which is empty.
    if prediction.tokens.isEmpty { return "\n" }
    return prediction.sequences.enumerated().map { i, sequence in
      sentence(prediction, tags: sequence.tags, rank: (i + 1, sequence.probability))
    }.joined()
  }

  /// Labels next to each other.
  private func ranking(_ prediction: TextPrediction) -> String {
    var text = ""
    for (i, label) in prediction.ranking.prefix(top).enumerated() {
      if i > 0 { text += "\t" }
      text += Self.cell(label.label)
      append(label.probability, after: "\t", to: &text)
    }
    return text
  }

  /// Tokens and tags.
  /// - Parameter rank: the rank of the tag sequence, and its probability.
  private func sentence(_ prediction: TextPrediction, tags: [String], rank: (Int, Double)?) -> String {
    let (inside, behind) = format == .inline ? ("/", " ") : ("\t", "\n")
    var text = heading(prediction, rank)
    text += tokens(prediction, tags, inside, behind, withProbabilities: rank == nil)
    // An empty line after each record of columns.
    if format == .columns, !prediction.tokens.isEmpty { text += "\n" }
    return text + "\n"
  }

  private func tokens(
    _ prediction: TextPrediction, _ tags: [String], _ inside: String, _ behind: String, withProbabilities: Bool
  ) -> String {
    var text = ""
    let ranges = ranges(prediction)
    for (i, token) in prediction.tokens.enumerated() {
      if i > 0 { text += behind }
      text += Self.cell(token.text)
      text += inside
      text += Self.cell(tags[i])
      if withProbabilities { append(token.probability, after: inside, to: &text) }
      if let range = ranges?[i] { text += "\t\(range.lowerBound)\t\(range.upperBound)" }
    }
    return text
  }

  /// The lines before the tokens: the label of the text, and the rank of the sequence.
  private func heading(_ prediction: TextPrediction, _ rank: (number: Int, probability: Double)?) -> String {
    if prediction.tokens.isEmpty { return "" }
    var parts: [String] = []
    let label = hasLabel ? ranking(prediction) : nil
    if format == .inline {
      if let label { parts.append(label) }
      if let rank { parts.append(rank.probability.fixed()) }
      return parts.map { $0 + "\t" }.joined()
    }
    if let label { parts.append("# label = \(label)\n") }
    if let rank { parts.append("# \(rank.number) = \(rank.probability.fixed())\n") }
    return parts.joined()
  }

  /// A classifier's row of scores, or a tagger's rows, as one JSON object on a line.
  func record(logits rows: [[Float]]) throws(SeqError) -> String {
    let lists = rows.map { ConfigNode.array($0.map { .realOrNull(Double($0)) }) }
    let value = task.tagsTokens ? ConfigNode.array(lists) : lists.first ?? .null
    return try JSONWriter.text(of: .object([("logits", value)]), style: .compact) + "\n"
  }

  /// The ranges of the tokens of a text, if they are written.
  private func ranges(_ prediction: TextPrediction) -> [Range<Int>]? {
    offsets?.ranges(of: prediction.tokens.map(\.range), in: prediction.text)
  }

  /// A text without tabs and line ends, which become `\t`, `\n` and `\r`.
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
}

// Answers for records that are written again.
extension RecordWriter {
  /// The names of the columns for answers in a table.
  var columnNames: [String] {
    var names = (0..<labelColumns).flatMap { rank -> [String] in
      let suffix = rank == 0 ? "" : "_\(rank + 1)"
      return ["label" + suffix] + (showsProbabilities ? ["probability" + suffix] : [])
    }
    if task.tagsTokens { names.append("tags") }
    if spans { names.append("spans") }
    return names
  }

  /// The values of the columns for answers; nil for a missing one.
  func columns(_ prediction: TextPrediction) throws(SeqError) -> [String?] {
    var columns: [String?] = []
    for rank in 0..<labelColumns {
      let label = rank < prediction.ranking.count ? prediction.ranking[rank] : nil
      columns.append(label?.label)
      if showsProbabilities { columns.append(label.map { Double($0.probability).fixed() }) }
    }
    if task.tagsTokens {
      let tags = prediction.tokens.map(\.tag)
      columns.append(tags.isEmpty ? nil : tokens(prediction, tags, "/", " ", withProbabilities: true))
    }
    if spans { columns.append(try JSONWriter.text(of: .array(spanObjects(prediction)), style: .compact)) }
    return columns
  }

  /// What is added to the lines of tokens.
  func tokens(_ prediction: TextPrediction) -> [KeptLines.Token] {
    let ranges = ranges(prediction)
    return prediction.tokens.enumerated().map { i, token in
      KeptLines.Token(
        tag: token.tag, probability: showsProbabilities ? Double(token.probability) : nil, range: ranges?[i])
    }
  }
}

// Records as JSON.
extension RecordWriter {
  /// The full answers for a text, including the text.
  func answers(_ prediction: TextPrediction) -> [(String, ConfigNode)] {
    let text: [(String, ConfigNode)] = [("text", .string(prediction.text))]
    guard task.tagsTokens else { return text + labels(prediction, probabilities: "probabilities") }
    return text + members(prediction)
  }

  private func labels(_ prediction: TextPrediction, probabilities key: String) -> [(String, ConfigNode)] {
    let best: ConfigNode = prediction.ranking.first.map { .string($0.label) } ?? .null
    guard showsProbabilities else { return [("label", best)] }
    let shown = prediction.ranking.prefix(top).map { ($0.label, ConfigNode.real(Double($0.probability))) }
    return [("label", best), (key, .object(shown))]
  }

  private func members(_ prediction: TextPrediction) -> [(String, ConfigNode)] {
    var members = hasLabel ? labels(prediction, probabilities: "labelProbabilities") : []
    members.append(("tokens", .array(prediction.tokens.map { .string($0.text) })))
    members.append(("tags", .array(prediction.tokens.map { .string($0.tag) })))
    if showsProbabilities {
      members.append(("probabilities", .array(prediction.tokens.map { .real(Double($0.probability)) })))
    }
    if let ranges = ranges(prediction) { members += ConfigNode.places(ranges) }
    if spans { members.append(("spans", .array(spanObjects(prediction)))) }
    if sequences > 0 {
      members.append(
        (
          "nBest",
          .array(
            prediction.sequences.map { sequence in
              ["tags": .array(sequence.tags.map(ConfigNode.string)), "probability": .real(sequence.probability)]
            })
        ))
    }
    return members
  }

  /// The offsets of spans count code points, as in data, unless the user asks for another unit.
  private func spanObjects(_ prediction: TextPrediction) -> [ConfigNode] {
    let ranges = (offsets ?? .scalar).ranges(of: prediction.tokens.map(\.range), in: prediction.text)
    return prediction.spans.map { span in
      [
        "start": .integer(ranges[span.tokens.lowerBound].lowerBound),
        "end": .integer(ranges[span.tokens.upperBound - 1].upperBound), "label": .string(span.label),
        "probability": .real(span.probability),
      ]
    }
  }
}

extension ConfigNode {
  /// The offsets of tokens, as a list of starts and a list of ends.
  static func places(_ ranges: [Range<Int>]) -> [(String, ConfigNode)] {
    [
      ("starts", .array(ranges.map { .integer($0.lowerBound) })),
      ("ends", .array(ranges.map { .integer($0.upperBound) })),
    ]
  }
}
