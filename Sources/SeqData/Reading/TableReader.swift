import SeqCore

/// Reads csv and tsv: a row is a record.
struct TableReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage: String
  var file: String { rows.file }

  private var rows: TableRows
  private let layout: TableLayout
  private let remedy: String
  /// Whether the current row is the first of a file without header and not yet given out.
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
    remedy = "quote fields that contain \(format == .tsv ? "tabs" : "commas")"
  }

  mutating func next() throws(SeqError) -> Record? {
    while try advance() {
      if let record = try takeRecord() { return record }
    }
    return nil
  }

  private mutating func advance() throws(SeqError) -> Bool {
    if holdsFirstRow {
      holdsFirstRow = false
      return true
    }
    return try rows.next()
  }

  /// The record of the current row, or `nil` after noting what is wrong with it.
  private mutating func takeRecord() throws(SeqError) -> Record? {
    let fields = rows.fields
    guard fields.count == layout.width else {
      let found = fields.count == 1 ? "1 column" : "\(fields.count) columns"
      try problems.add(
        "\(found), expected \(layout.widthAndNames)", at: rows.place(ofField: layout.width),
        remedy: fields.count > layout.width ? remedy : nil)
      return nil
    }
    var record = Record(text: decoded(fields[layout.text]), line: rows.firstLine)
    guard let column = layout.label else { return record }
    if fields[column].allSatisfy(Byte.isBlank) {
      try problems.add("the label is empty", at: rows.place(ofField: column))
      return nil
    }
    record.label = decoded(fields[column])
    return record
  }
}

/// Which columns of a table hold what is wanted, decided by its first row.
struct TableLayout {
  /// How many columns each row has.
  let width: Int
  let text: Int
  let label: Int?
  /// The names in the header; `nil` without one.
  private let names: [String]?
  private let firstLine: Int

  /// The number of columns and what is known about them.
  var widthAndNames: String {
    guard let names else { return "\(width) as in line \(firstLine)" }
    return "\(width) (\(names.joined(separator: ", ")))"
  }

  init(firstRow rows: TableRows, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    width = rows.fields.count
    firstLine = rows.firstLine
    let names = options.header ? (0..<rows.fields.count).map { decoded(rows.fields[$0]) } : nil
    if let names { try Self.check(names, at: rows) }
    self.names = names
    let search = ColumnSearch(names: names, width: width, place: .line(firstLine, of: rows.file))
    let columns = options.columns
    text = try search.position(columns.text ?? (options.header ? .name("text") : .index(0)), of: "text")
    label =
      wanted == .label
      ? try search.position(columns.label ?? (options.header ? .name("label") : .index(1)), of: "label") : nil
    if text == label { throw .data("column \(text) is both text and label", at: search.place) }
  }

  /// Refuses names that are empty or doubled. The first may be empty: pandas writes its index so.
  private static func check(_ names: [String], at rows: TableRows) throws(SeqError) {
    var problems = Problems()
    for (index, name) in names.enumerated() {
      if name.contains("\r") {
        try problems.add(
          "a carriage return in the header", at: rows.place(ofField: index), remedy: "end lines with line feeds")
      } else if name.isEmpty, index > 0 || names.count == 1 {
        try problems.add("column \(index) has no name in the header", at: rows.place(ofField: index))
      } else if let first = names[..<index].firstIndex(of: name) {
        try problems.add(
          "the header names \"\(name)\" twice, as columns \(first) and \(index)", at: rows.place(ofField: index))
      }
    }
    try problems.check()
  }
}

/// Finds the columns a user means.
struct ColumnSearch {
  /// The names of the columns; `nil` if the file has none.
  let names: [String]?
  let width: Int
  let place: Place

  /// The position of a column.
  /// - Throws: an error that names the columns there are.
  func position(_ column: ColumnReference, of role: String) throws(SeqError) -> Int {
    if let found = column.position(among: names ?? [], width: width) { return found }
    let remedy = "say which column is the \(role): \"columns\": {\"\(role)\": …}"
    if case .name(let name) = column, let names {
      let message = "no column \"\(name)\", found \(names.map { "\"\($0)\"" }.joined(separator: ", "))"
      throw .data(message + didYouMean(name, among: names), at: place, remedy: remedy)
    }
    if case .name(let name) = column {
      throw .data("no column \"\(name)\": columns have no names here", at: place, remedy: "give its number, from 0")
    }
    let known = names.map { " (\($0.joined(separator: ", ")))" } ?? ""
    throw .data(
      "no column \(column), found \(width == 1 ? "1 column" : "\(width) columns")\(known)", at: place, remedy: remedy)
  }
}
