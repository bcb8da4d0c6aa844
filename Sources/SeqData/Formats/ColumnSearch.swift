import SeqCore

/// Finds the columns a user means.
struct ColumnSearch {
  /// The names of the columns; `nil` if the file has none.
  let names: [String]?
  let width: Int
  let place: Place
  let naming: SettingNames
  /// The first row of a table, which may be separated otherwise than it is read.
  var table: TableRows?

  init(names: [String]?, width: Int, place: Place, naming: SettingNames) {
    (self.names, self.width, self.place, self.naming) = (names, width, place, naming)
  }

  /// The position of a column.
  /// - Throws: an error that names the columns there are, or says that several have the name.
  func position(_ column: ColumnReference, of role: String) throws(SeqError) -> Int {
    if let found = column.position(among: names ?? [], width: width) {
      try checkIsOne(column, found, role)
      return found
    }
    try checkDelimiter(column)
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

  /// Refuses a name that more than one column has.
  private func checkIsOne(_ column: ColumnReference, _ first: Int, _ role: String) throws(SeqError) {
    guard case .name(let name) = column, let names else { return }
    let positions = names.indices.filter { names[$0] == name }
    guard positions.count > 1 else { return }
    let known = positions.dropLast().map(String.init).joined(separator: ", ") + " and \(positions[positions.count - 1])"
    throw .data(
      "the header names \"\(name)\" \(positions.count == 2 ? "twice" : "\(positions.count) times"), as columns \(known)",
      at: table?.place(ofField: positions[1]) ?? place, remedy: "give its position: \(naming.position(role, first))")
  }

  /// Says that the row looks separated by another delimiter, if it does.
  private func checkDelimiter(_ column: ColumnReference) throws(SeqError) {
    guard let table else { return }
    var wanted: String?
    // A row of one column is not what anybody asked for; one of several must have the name.
    if case .name(let name) = column, names != nil, width > 1 { wanted = name }
    if width > 1, wanted == nil { return }
    let row = table.row.dropLast()
    guard let likely = Delimiter.likely(of: row, insteadOf: table.delimiter, naming: wanted) else { return }
    let what = names == nil ? "the first row" : "the header"
    let found = width == 1 ? "one column" : "\(width) columns"
    throw .data(
      "no column \(column): \(what) has \(found) \"\(decoded(row.trimmed).excerpt)\", which looks separated by "
        + likely.plural,
      at: place, remedy: naming.delimiter(likely))
  }
}

extension String {
  /// The start of a long text.
  fileprivate var excerpt: String { unicodeScalars.count > 80 ? String(unicodeScalars.prefix(80)) + "…" : self }
}
