import SeqCore
import SeqRecords

/// Writes csv and tsv; the first record decides on the columns.
struct TableWriter: FormatWriter {
  private let sink: ByteSink
  private let options: WritingOptions
  private let quoting: FieldQuoting
  /// The columns, known after the first record.
  private var columns: [Column]?

  private struct Column: Equatable {
    var name: String
    var role: RecordField.Role?
  }

  init(_ path: String, format: DataFormat, options: WritingOptions) throws(SeqError) {
    sink = try ByteSink(path, isText: true)
    self.options = options
    quoting = FieldQuoting(format, delimiter: options.delimiter)
  }

  mutating func write(_ record: Record, _ losses: inout LossLedger) throws(SeqError) {
    let fields = Self.fields(of: record)
    if columns == nil { try begin(fields, &losses) }
    let columns = columns ?? []
    var row: [UInt8] = []
    for (i, column) in columns.enumerated() {
      if i > 0 { row.append(quoting.delimiter) }
      // Nearly always in the same order as in the first record.
      let field =
        i < fields.count && Self.matches(fields[i], column) ? fields[i] : fields.first { Self.matches($0, column) }
      append(field?.value, to: &row, &losses)
    }
    for field in fields where !columns.contains(where: { Self.matches(field, $0) }) {
      losses.note("a \(field.role?.rawValue ?? "column \"\(field.name)\"") that the first record does not have")
    }
    row.append(Byte.lineFeed)
    try sink.write(row)
  }

  mutating func finish() throws(SeqError) {
    if columns == nil { try writeEmpty() }
    try sink.finish()
  }

  /// Writes a table without rows: only its header.
  private func writeEmpty() throws(SeqError) {
    guard options.header else { throw .data("no records, and a table without a header cannot express none") }
    var header: [UInt8] = []
    for role in [RecordField.Role.text, .label] {
      if !header.isEmpty { header.append(quoting.delimiter) }
      quoting.append(name(of: role), to: &header)
    }
    try sink.write(header + [Byte.lineFeed])
  }

  private func isNamed(_ role: RecordField.Role) -> Bool {
    if case .name = options.columns[role.rawValue] { true } else { false }
  }

  private func name(of role: RecordField.Role) -> String {
    if case .name(let given) = options.columns[role.rawValue] { given } else { role.rawValue }
  }

  /// The fields of a record, in the order of its own table, or else text, label, target and the others.
  private static func fields(of record: Record) -> [RecordField] {
    let parts: [(RecordField.Role, String?)] = [
      (.text, record.text), (.label, record.label), (.target, record.target),
    ]
    let kept = record.details?.fields ?? []
    var fields = kept.map { field in
      var field = field
      if let role = field.role, let value = parts.first(where: { $0.0 == role })?.1, value != field.value ?? "" {
        field.value = value
      }
      return field
    }
    let missing = parts.filter { part in part.1 != nil && !kept.contains { $0.role == part.0 } }
    fields.insert(contentsOf: missing.map { RecordField(name: "", value: $0.1, role: $0.0) }, at: 0)
    return fields
  }

  private static func matches(_ field: RecordField, _ column: Column) -> Bool {
    field.role == column.role && (field.role != nil || field.name == column.name)
  }

  /// Takes the columns from the first record and writes the header.
  private mutating func begin(_ fields: [RecordField], _ losses: inout LossLedger) throws(SeqError) {
    var (columns, header): ([Column], [UInt8]) = ([], [])
    for (i, field) in fields.enumerated() {
      var name = field.name
      if let role = field.role {
        if name.isEmpty || isNamed(role) { name = self.name(of: role) }
      } else if name.isEmpty, i > 0 || fields.count == 1 {
        name = "column\(i)"
      }
      columns.append(Column(name: field.role == nil ? field.name : name, role: field.role))
      name = losses.cleaned(name, "the name of a column", forbidding: [Byte.carriageReturn, 0])
      if i > 0 { header.append(quoting.delimiter) }
      quoting.append(name, to: &header)
    }
    if options.header { try sink.write(header + [Byte.lineFeed]) }
    self.columns = columns
  }

  private func append(_ value: String?, to row: inout [UInt8], _ losses: inout LossLedger) {
    guard let value else { return }
    // A carriage return before a line feed would be read as part of the line end.
    var bytes: [UInt8] = []
    for byte in losses.cleaned(value, "a field", forbidding: [0]).utf8 {
      while byte == Byte.lineFeed, bytes.last == Byte.carriageReturn {
        losses.note("carriage returns before line feeds", .lineFeeds)
        bytes.removeLast()
      }
      bytes.append(byte)
    }
    quoting.append(bytes, to: &row)
  }
}
