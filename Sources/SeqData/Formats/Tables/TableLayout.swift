import SeqCore
import SeqRecords

/// Which columns of a table hold the wanted parts; the first row decides.
struct TableLayout {
  /// How many columns each row has.
  let width: Int
  let text: Int
  let label: Int?
  let target: Int?
  /// The names in the header; `nil` without one.
  let names: [String]?
  /// A unique name for each column, so that every field has a place in other formats; `nil` without a header.
  let uniqueNames: [String]?
  private let firstLine: Int

  /// The number of columns, and their names if known.
  var widthAndNames: String {
    guard let names else { return "\(width) as in line \(firstLine)" }
    return "\(width) (\(names.joined(separator: ", ")))"
  }

  init(firstRow rows: TableRows, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    width = rows.fields.count
    firstLine = rows.firstLine
    let names = options.header ? (0..<rows.fields.count).map { decoded(rows.fields[$0]) } : nil
    if let names { try Self.checkReturns(in: names, at: rows) }
    self.names = names
    var search = ColumnSearch(
      names: names, width: width, place: .line(firstLine, of: rows.file), naming: options.naming)
    search.table = rows
    let columns = options.columns
    // All missing columns, so that one error reports them together.
    var missing: [SeqError.Diagnostic] = []
    func position(_ role: String, _ index: Int) -> Int {
      do throws(SeqError) {
        return try search.position(columns[role] ?? (options.header ? .name(role) : .index(index)), of: role)
      } catch {
        missing += error.diagnostics
        return -1
      }
    }
    /// The position of a column that is read if the user names it or, for conversion, if it exists.
    func optional(_ role: String, _ index: Int) -> Int? {
      if wanted.rawValue == role || wanted == .everything && columns[role] != nil { return position(role, index) }
      guard wanted == .everything else { return nil }
      if let names { return names.contains(role) ? position(role, index) : nil }
      return role == "label" && search.width > index && columns.text == nil ? index : nil
    }
    let text = position("text", 0)
    var found = ["text": text]
    for role in ["label", "target"] where columns[role] != nil { found[role] = optional(role, 1) }
    // A column that was given one role does not get another one by its name.
    for role in ["label", "target"] where columns[role] == nil {
      let isTaken = wanted == .everything && names?.firstIndex(of: role).map(found.values.contains) == true
      if !isTaken { found[role] = optional(role, 1) }
    }
    let (label, target) = (found["label"], found["target"])
    if !missing.isEmpty {
      // A row with another delimiter lacks all columns for the same reason.
      let isOneFault = width == 1 || Set(missing.map(\.remedy)).count == 1
      throw SeqError(.data, isOneFault ? [missing[0]] : missing)
    }
    for (role, other) in [("label", label), ("target", target)] where other == text {
      throw .data("column \(text) is both text and \(role)", at: search.place)
    }
    (self.text, self.label, self.target) = (text, label, target)
    uniqueNames = names.map { Self.unique($0, first: [text, label, target].compactMap(\.self)) }
  }

  /// The role of a column.
  func role(of column: Int) -> RecordField.Role? {
    column == text ? .text : column == label ? .label : column == target ? .target : nil
  }

  /// Unique names. The first column may be unnamed: pandas writes its index that way.
  ///
  /// - Parameter wanted: the columns that keep their names.
  private static func unique(_ names: [String], first wanted: [Int]) -> [String] {
    var taken = Set(wanted.map { names[$0] })
    return names.enumerated().map { index, name in
      if wanted.contains(index) || index == 0 && name.isEmpty { return name }
      var candidate = name.isEmpty ? "column\(index)" : name
      if taken.contains(candidate), !name.isEmpty { candidate = "\(name)_\(index)" }
      while taken.contains(candidate) || name.isEmpty && names.contains(candidate) { candidate += "_" }
      taken.insert(candidate)
      return candidate
    }
  }

  private static func checkReturns(in names: [String], at rows: TableRows) throws(SeqError) {
    var problems = Problems()
    for (index, name) in names.enumerated() where name.contains("\r") {
      try problems.add(
        "a carriage return in the header", at: rows.place(ofField: index), remedy: "end lines with line feeds")
    }
    try problems.check()
  }
}
