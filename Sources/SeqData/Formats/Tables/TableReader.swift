import SeqCore
import SeqRecords

/// Reads csv and tsv: each row is a record.
struct TableReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage: String
  var file: String { rows.file }

  private var rows: TableRows
  private let layout: TableLayout
  private var swallowed: SwallowedRows
  private let remedy: String
  private let keepsAll: Bool
  /// Whether the current row is the first one of a file without a header and is still to be returned.
  private var holdsFirstRow: Bool

  init(_ path: String, format: DataFormat, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    rows = try TableRows(path, format: format, options: options)
    guard try rows.next() else {
      throw .data(
        options.header ? "the file is empty, expected a header row" : "the file is empty", at: .file(rows.file))
    }
    layout = try TableLayout(firstRow: rows, options: options, wanting: wanted)
    holdsFirstRow = !options.header
    emptyMessage = "no records after the header"
    keepsAll = wanted == .everything || wanted == .fields
    remedy = "quote fields that contain \(rows.delimiter.plural)"
    swallowed = SwallowedRows(layout, naming: options.naming)
  }

  mutating func next() throws(SeqError) -> Record? {
    while try advance() {
      if let record = try takeRecord() { return record }
    }
    swallowed.report()
    return nil
  }

  private mutating func advance() throws(SeqError) -> Bool {
    if holdsFirstRow {
      holdsFirstRow = false
      return true
    }
    return try rows.next()
  }

  /// The record of the current row; `nil`, with a recorded problem, if it is wrong.
  private mutating func takeRecord() throws(SeqError) -> Record? {
    guard rows.fields.count == layout.width else {
      let found = rows.fields.count == 1 ? "1 column" : "\(rows.fields.count) columns"
      try problems.add(
        "\(found), expected \(layout.widthAndNames)", at: rows.place(ofField: layout.width),
        remedy: rows.fields.count > layout.width ? remedy : nil)
      return nil
    }
    var label: String?
    if let column = layout.label, !(keepsAll && rows.fields.isMissing(column)) {
      if rows.fields[column].allSatisfy(Byte.isBlank) {
        try problems.add("the label is empty", at: rows.place(ofField: column))
        return nil
      }
      label = decoded(rows.fields[column])
    }
    swallowed.look(at: rows, label: label)
    let text = decoded(rows.fields[layout.text])
    // In one step, because changing a record afterwards would copy it.
    return Record(
      text: text, label: label, target: layout.target.map { decoded(rows.fields[$0]) }, line: rows.firstLine,
      details: keepsAll ? RecordDetails(fields: (0..<layout.width).map { field($0, text) }) : nil)
  }

  /// A field with the name of its column; a missing field has no value.
  /// - Parameter text: the text of the row, which is long and made only once.
  private func field(_ column: Int, _ text: String) -> RecordField {
    let value =
      rows.fields.isMissing(column) ? nil : column == layout.text ? text : decoded(rows.fields[column])
    return RecordField(name: layout.uniqueNames?[column] ?? "", value: value, role: layout.role(of: column))
  }
}
