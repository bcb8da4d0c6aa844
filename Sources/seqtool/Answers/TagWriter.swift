import SeqCore
import SequenceToolkit

/// Writes what a model says of records, in one layout for all.
struct TagWriter: Sendable {
  private let layout: AnswerLayout
  /// For records of their own, and for what answers are made of.
  private let records: RecordWriter
  private var rows: TableRowWriter?

  init(_ layout: AnswerLayout, _ records: RecordWriter) {
    (self.layout, self.records) = (layout, records)
    if case .table(let form) = layout { rows = TableRowWriter(form) }
  }

  /// Takes the first records of the input, and notes what has no place.
  /// - Returns: what stands before all records.
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
      // A model that cuts given tokens into characters has other ones.
      if let lines = KeptLines.bytes(of: record, records.tokens(prediction)) {
        lines
      } else {
        Array(try records.record(prediction).utf8)
      }
    }
  }
}

extension RecordAnswer {
  /// What a classifier or a tagger says.
  fileprivate init(_ prediction: TextPrediction) {
    self.init(text: prediction.text, labels: prediction.ranking.isEmpty ? nil : prediction.ranking.map(\.label))
    guard prediction.ranking.isEmpty || !prediction.tokens.isEmpty else { return }
    let ranges = OffsetUnit.scalar.ranges(of: prediction.tokens.map(\.range), in: prediction.text)
    spans = Self.spans(of: prediction.tokens.map(\.tag), at: ranges)
  }
}
