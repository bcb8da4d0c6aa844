import SeqCore
import SequenceToolkit

/// Writes a model's answers for records, all in the same layout.
struct TagWriter: Sendable {
  private let layout: AnswerLayout
  /// Writes new records, and makes the parts of answers.
  private let records: RecordWriter
  private var rows: TableRowWriter?

  init(_ layout: AnswerLayout, _ records: RecordWriter) {
    (self.layout, self.records) = (layout, records)
    if case .table(let form) = layout { rows = TableRowWriter(form) }
  }

  /// Starts with the first records of the input, and notes fields without a place.
  /// - Returns: the bytes before all records.
  mutating func begin(_ batch: [Record], _ place: (Record) -> Place) -> [UInt8] {
    rows?.begin(batch, answers: records.columnNames, place) ?? []
  }

  /// A record with its answers.
  func bytes(_ record: Record, _ prediction: TextPrediction) throws(SeqError) -> [UInt8] {
    switch layout {
    case .plain: Array(try records.record(prediction).utf8)
    case .ownObjects(let format): try format.line(record, with: RecordAnswer(prediction))
    case .objects: try ObjectWriter.line(record, answers: records.answers(prediction))
    case .table: rows?.row(record, text: prediction.text, answers: try records.columns(prediction)) ?? []
    case .lines:
      // A model that splits given tokens into characters has other tokens.
      if let lines = KeptLines.bytes(of: record, records.tokens(prediction)) {
        lines
      } else {
        Array(try records.record(prediction).utf8)
      }
    }
  }
}

extension RecordAnswer {
  /// The answer of a classifier or a tagger.
  fileprivate init(_ prediction: TextPrediction) {
    self.init(text: prediction.text, labels: prediction.ranking.isEmpty ? nil : prediction.ranking.map(\.label))
    guard prediction.ranking.isEmpty || !prediction.tokens.isEmpty else { return }
    let ranges = OffsetUnit.scalar.ranges(of: prediction.tokens.map(\.range), in: prediction.text)
    spans = Self.spans(of: prediction.tokens.map(\.tag), at: ranges)
  }
}
