import ArgumentParser
import SeqCore
import SequenceToolkit

/// The output formats that a user can name.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case csv, tsv, jsonl, columns, inline, doccano
}

/// How rows of a table are written.
struct TableForm: Sendable {
  let format: DataFormat
  /// The field delimiter; nil for the format's own.
  var delimiter: Delimiter?
  let hasHeader: Bool
  /// Whether a field may stand in quotes.
  var quotes = true
}

extension TableForm {
  /// The form in which a table was read.
  init(as format: DataFormat, _ reading: ReadingOptions) {
    self.init(format: format, delimiter: reading.delimiter, hasHeader: reading.header, quotes: reading.quoting)
  }
}

/// How answers for the records of a format are written.
enum AnswerLayout: Sendable {
  /// As records of their own: labels, or tokens with tags.
  case plain(RecordFormat)
  /// As rows of a table that keep the columns of the records.
  case table(TableForm)
  /// As objects that keep the members of the records.
  case objects
  /// As objects of a format that has a place for answers.
  case ownObjects(DataFormat)
  /// As the lines of the records.
  case lines(DataFormat)

  /// - Parameters:
  ///   - wanted: the requested format; nil for the layout of the input.
  ///   - reading: how the input is read.
  ///   - isTagging: whether each token has an answer.
  init(_ wanted: OutputFormat?, for format: DataFormat, _ reading: ReadingOptions, isTagging: Bool) {
    let hasHeader = !format.isTable || reading.header
    switch wanted {
    case .csv:
      let delimiter = format == .csv ? reading.delimiter : nil
      self = .table(TableForm(format: .csv, delimiter: delimiter, hasHeader: hasHeader))
    case .tsv: self = .table(TableForm(format: .tsv, hasHeader: hasHeader))
    case .jsonl: self = .objects
    case .columns: self = .plain(.columns)
    case .inline: self = .plain(.inline)
    case .doccano: self = .ownObjects(.doccano)
    case nil: self = Self.usual(format, reading, isTagging: isTagging)
    }
  }

  /// The layout that keeps the content of the input.
  private static func usual(_ format: DataFormat, _ reading: ReadingOptions, isTagging: Bool) -> AnswerLayout {
    switch format.traits.answers {
    case .tableRows: .table(TableForm(as: format, reading))
    case .csvRows: .table(TableForm(format: .csv, hasHeader: true))
    case .tabbedRows: .table(TableForm(format: .tsv, hasHeader: false, quotes: false))
    case .objects: .objects
    case .ownObjects: .ownObjects(format)
    case .tokenLines: isTagging ? .lines(format) : .plain(.columns)
    case .inline: .plain(isTagging ? .inline : .columns)
    case .ownRecords: .plain(.columns)
    }
  }

  /// Parts of an answer, other than labels and tags, that a layout may have a place for.
  enum Part { case offsets, spans, sequences }

  /// The parts that the layout has a place for.
  var places: [Part] {
    switch self {
    case .plain(.inline): [.sequences]
    case .plain(.columns): [.offsets, .sequences]
    case .plain(.jsonl), .objects: [.offsets, .spans, .sequences]
    case .table, .ownObjects: [.spans]
    case .lines(let format): format.traits.hasTagColumn ? [] : [.offsets]
    }
  }

  /// Whether records are JSON objects.
  var isOfObjects: Bool {
    switch self {
    case .objects, .ownObjects: true
    case .plain, .table, .lines: false
    }
  }

  /// The layout of newly written records.
  var ownRecords: RecordFormat {
    switch self {
    case .plain(let format): format
    case .objects, .ownObjects: .jsonl
    case .table, .lines: .columns
    }
  }

  /// Its name for users.
  var name: String {
    switch self {
    case .plain(let format): format.rawValue
    case .table(let form): form.format.rawValue
    case .lines(let format), .ownObjects(let format): format.rawValue
    case .objects: "jsonl"
    }
  }
}
