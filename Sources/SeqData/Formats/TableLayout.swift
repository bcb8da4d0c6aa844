import SeqCore

/// Which columns of a table hold what is wanted, decided by its first row.
struct TableLayout {
  /// How many columns each row has.
  let width: Int
  let text: Int
  let label: Int?
  let target: Int?
  /// The names in the header; `nil` without one.
  let names: [String]?
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
    let search = ColumnSearch(
      names: names, width: width, place: .line(firstLine, of: rows.file), naming: options.naming)
    let columns = options.columns
    // All columns that are not there, so that they are told at once.
    var missing: [SeqError.Diagnostic] = []
    func position(_ role: String, _ index: Int) -> Int {
      do throws(SeqError) {
        return try search.position(columns[role] ?? (options.header ? .name(role) : .index(index)), of: role)
      } catch {
        missing += error.diagnostics
        return -1
      }
    }
    /// The position of what is taken if it is asked for by name, and for conversion if it is there.
    func optional(_ role: String, _ index: Int) -> Int? {
      if wanted.rawValue == role || wanted == .everything && columns[role] != nil { return position(role, index) }
      guard wanted == .everything else { return nil }
      if let names { return names.firstIndex(of: role) }
      return role == "label" && search.width > index && columns.text == nil ? index : nil
    }
    text = position("text", 0)
    label = optional("label", 1)
    target = optional("target", 1)
    if !missing.isEmpty { throw SeqError(.data, missing) }
    for (role, other) in [("label", label), ("target", target)] where other == text {
      throw .data("column \(text) is both text and \(role)", at: search.place)
    }
  }

  /// What a column is.
  func role(of column: Int) -> RecordField.Role? {
    column == text ? .text : column == label ? .label : column == target ? .target : nil
  }

  /// Refuses names that are empty or doubled. The first may be empty: pandas writes its index so.
  private static func check(_ names: [String], at rows: TableRows) throws(SeqError) {
    var problems = Problems()
    var firsts: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      let first = firsts[name] ?? index
      firsts[name] = first
      if name.contains("\r") {
        try problems.add(
          "a carriage return in the header", at: rows.place(ofField: index), remedy: "end lines with line feeds")
      } else if name.isEmpty, index > 0 || names.count == 1 {
        try problems.add("column \(index) has no name in the header", at: rows.place(ofField: index))
      } else if first < index {
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
  let naming: SettingNames

  /// The position of a column.
  /// - Throws: an error that names the columns there are.
  func position(_ column: ColumnReference, of role: String) throws(SeqError) -> Int {
    if let found = column.position(among: names ?? [], width: width) { return found }
    let remedy = "say which column is the \(role): \(naming.column(role))"
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
