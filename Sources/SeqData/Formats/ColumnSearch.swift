import SeqCore
import SeqRecords

/// Finds the columns a user means.
struct ColumnSearch {
  /// The names of the columns; `nil` if the file has none.
  let names: [String]?
  let width: Int
  let place: Place
  let naming: SettingNames
  /// The first row of a table, which may have another delimiter than the one in use.
  var table: TableRows?

  init(names: [String]?, width: Int, place: Place, naming: SettingNames) {
    (self.names, self.width, self.place, self.naming) = (names, width, place, naming)
  }

  /// The position of a column.
  /// - Throws: an error that lists the existing columns.
  func position(_ column: ColumnReference, of role: String) throws(SeqError) -> Int {
    if let found = column.position(among: names ?? [], width: width) {
      noteOthers(column, found, role)
      return found
    }
    try checkDelimiter(column)
    var remedy = "say which column is the \(role): \(naming.column(role))"
    if case .name(let name) = column, let names {
      let message = "no column \"\(name)\", found \(names.map { "\"\($0)\"" }.joined(separator: ", "))"
      if let likely = likelyDelimiter(naming: nil), width == 1 {
        remedy = "if \(likely.plural) separate columns, \(naming.delimiter(likely)), and \(remedy)"
      }
      throw .data(message + didYouMean(name, among: names), at: place, remedy: remedy)
    }
    if case .name(let name) = column {
      throw .data("no column \"\(name)\": columns have no names here", at: place, remedy: "give its number, from 0")
    }
    let known = names.map { " (\($0.joined(separator: ", ")))" } ?? ""
    throw .data(
      "no column \(column), found \(width == 1 ? "1 column" : "\(width) columns")\(known)", at: place, remedy: remedy)
  }

  /// Notes that the first of several columns with the same name was used.
  private func noteOthers(_ column: ColumnReference, _ first: Int, _ role: String) {
    guard case .name(let name) = column, let names else { return }
    let positions = names.indices.filter { names[$0] == name }
    guard positions.count > 1 else { return }
    let known = positions.dropLast().map(String.init).joined(separator: ", ") + " and \(positions[positions.count - 1])"
    let times = positions.count == 2 ? "twice" : "\(positions.count) times"
    ReadingNotes.add(
      "the header names \"\(name)\" \(times), as columns \(known); the first one is read",
      at: table?.place(ofField: positions[1]) ?? place,
      remedy: "\(naming.position(role, positions[1])) reads the \(positions.count == 2 ? "other" : "next")")
  }

  /// Reports that the column would be found with another delimiter, which the row seems to have.
  private func checkDelimiter(_ column: ColumnReference) throws(SeqError) {
    var wanted: String?
    if case .name(let name) = column { wanted = name }
    // Without a name to look for, a row of several columns most likely has the right delimiter.
    guard wanted != nil || width == 1, wanted == nil || names != nil, let table,
      let likely = likelyDelimiter(naming: wanted)
    else { return }
    let what = names == nil ? "the first row" : "the header"
    throw .data(
      "no column \(column): \(what) has \(width == 1 ? "one column" : "\(width) columns") "
        + "\"\(decoded(table.row.dropLast().trimmed).excerpt)\", which looks separated by \(likely.plural)",
      at: place, remedy: naming.delimiter(likely))
  }

  private func likelyDelimiter(naming name: String?) -> Delimiter? {
    table.flatMap { Delimiter.likely(of: $0.row.dropLast(), insteadOf: $0.delimiter, naming: name) }
  }
}

extension String {
  /// The start of a long text.
  fileprivate var excerpt: String { unicodeScalars.count > 80 ? String(unicodeScalars.prefix(80)) + "…" : self }
}
