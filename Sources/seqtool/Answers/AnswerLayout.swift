import ArgumentParser
import SeqCore
import SequenceToolkit

/// How answers are written, as a user names it.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case csv, tsv, jsonl, columns, inline
}

/// How the answers to the records of a format are written.
enum AnswerLayout: Sendable {
  /// As records of their own: labels, or tokens with tags.
  case plain(RecordFormat)
  /// As rows of a table, with the columns that the records have.
  case table(DataFormat, hasHeader: Bool, quotes: Bool)
  /// As objects, with the members that the records have.
  case objects
  /// As the lines that the records have.
  case lines(DataFormat)

  /// - Parameters:
  ///   - wanted: what was asked for; nil for the layout that the input has.
  ///   - reading: how the input is read.
  ///   - isTagging: whether each token has an answer.
  init(_ wanted: OutputFormat?, for format: DataFormat, _ reading: ReadingOptions, isTagging: Bool) {
    let isTable = format == .csv || format == .tsv
    switch wanted {
    case .csv: self = .table(.csv, hasHeader: !isTable || reading.header, quotes: true)
    case .tsv: self = .table(.tsv, hasHeader: !isTable || reading.header, quotes: true)
    case .jsonl: self = .objects
    case .columns: self = .plain(.columns)
    case .inline: self = .plain(.inline)
    case nil: self = Self.usual(format, reading, isTagging: isTagging)
    }
  }

  /// The layout that keeps what the input has.
  private static func usual(_ format: DataFormat, _ reading: ReadingOptions, isTagging: Bool) -> AnswerLayout {
    switch format {
    case .csv, .tsv: .table(format, hasHeader: reading.header, quotes: reading.quoting)
    case .folders: .table(.csv, hasHeader: true, quotes: true)
    case .pairs: .table(.tsv, hasHeader: false, quotes: false)
    case .jsonl, .brat: .objects
    case .columns, .conllu: isTagging ? .lines(format) : .plain(.columns)
    case .inline: .plain(isTagging ? .inline : .columns)
    case .labelled, .fasttext, .parallel, .lines: .plain(.columns)
    }
  }

  /// What there can be a place for, other than labels and tags.
  enum Part { case offsets, spans, sequences }

  /// What there is a place for.
  var places: [Part] {
    switch self {
    case .plain(.inline): [.sequences]
    case .plain(.columns): [.offsets, .sequences]
    case .plain(.jsonl), .objects: [.offsets, .spans, .sequences]
    case .table: [.spans]
    case .lines(let format): format == .conllu ? [] : [.offsets]
    }
  }

  /// The layout of records that are written anew.
  var ownRecords: RecordFormat {
    switch self {
    case .plain(let format): format
    case .objects: .jsonl
    case .table, .lines: .columns
    }
  }

  /// Its name, as a user would ask for it.
  var name: String {
    switch self {
    case .plain(let format): format.rawValue
    case .table(let format, _, _), .lines(let format): format.rawValue
    case .objects: "jsonl"
    }
  }
}
