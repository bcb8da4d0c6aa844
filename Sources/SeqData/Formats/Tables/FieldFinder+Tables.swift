import SeqCore

extension FieldFinder {
  /// Finds fields in rows.
  mutating func findInTable() throws(SeqError) {
    var rows = try TableRows(path, format: format, options: options)
    guard try rows.next() else { return }
    let layout = try TableLayout(firstRow: rows, options: options, wanting: wanted)
    repeat {
      for request in requests[rows.firstLine] ?? [] where rows.fields.count == layout.width {
        let column = request.role == .label ? layout.label ?? layout.text : layout.text
        found[request] = FoundField(place: rows.place(ofField: column), excerpt: excerpt(rows.fields[layout.text]))
      }
      if rows.firstLine >= last { break }
    } while try rows.next()
  }
}
