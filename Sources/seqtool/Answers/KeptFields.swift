import SeqConfig
import SeqCore
import SequenceToolkit

/// The names of answers next to the fields of a record: no field is overwritten.
struct AnswerNames: Sendable {
  private let taken: Set<String>

  /// - Parameter taken: the names of the record's own fields.
  init(besides taken: some Sequence<String>) { self.taken = Set(taken) }

  /// The name of an answer: its own or, if the record has such a field, `predicted` for a label or a target and
  /// `predicted_tags` and the like for others. If that exists as well, a number is added.
  func name(_ answer: String) -> String {
    let parts = answer.split(separator: "_", maxSplits: 1).map(String.init)
    // The second best label is named like the best one.
    let isMain = ["label", "target"].contains(parts.first) && taken.contains(parts[0])
    guard isMain || taken.contains(answer) else { return answer }
    let other = isMain ? (["predicted"] + parts.dropFirst()).joined(separator: "_") : "predicted_" + answer
    if !taken.contains(other) { return other }
    return (2...).lazy.map { "\(other)_\($0)" }.first { !taken.contains($0) } ?? other
  }
}

/// Writes rows of a table: the fields of a record, then its answers.
struct TableRowWriter: Sendable {
  private let form: TableForm
  private let quoting: FieldQuoting
  /// The columns of the records' own fields, from the first record; nil before it.
  private var columns: [String]?

  init(_ form: TableForm) {
    self.form = form
    quoting = FieldQuoting(form.format, delimiter: form.delimiter)
  }

  /// Takes the columns from the first record, and notes fields without a column.
  /// - Returns: the bytes before the rows: the header, with its line end, or nothing.
  mutating func begin(_ batch: [Record], answers: [String], _ place: (Record) -> Place) -> [UInt8] {
    guard let first = batch.first else { return [] }
    let header = columns == nil ? begin(first, answers: answers) : []
    for record in batch {
      guard let name = stray(in: record) else { continue }
      ReadingNotes.add("\"\(name)\" was left out, because the first record does not have it", at: place(record))
    }
    return header
  }

  private mutating func begin(_ record: Record, answers: [String]) -> [UInt8] {
    let names = Self.fields(of: record, text: "").map(\.name)
    columns = names
    guard form.hasHeader else { return [] }
    let free = AnswerNames(besides: names)
    var row: [UInt8] = []
    for (i, name) in (names + answers.map(free.name)).enumerated() {
      // pandas leaves the name of its index, the first column, empty and unquoted.
      append(name.isEmpty ? nil : name, at: i, to: &row)
    }
    return row + [0x0A]
  }

  /// A row, with its line end.
  /// - Parameters:
  ///   - text: the text that the model read, for a record without fields.
  ///   - answers: the answers; nil for a missing one.
  func row(_ record: Record, text: String, answers: [String?]) -> [UInt8] {
    let fields = Self.fields(of: record, text: text)
    var row: [UInt8] = []
    row.reserveCapacity(text.utf8.count + 64)
    for (i, name) in (columns ?? []).enumerated() {
      // Nearly always in the same order as in the first record.
      if i < fields.count, fields[i].name == name {
        append(fields[i].value, at: i, to: &row)
      } else {
        append(fields.first { $0.name == name }?.value, at: i, to: &row)
      }
    }
    for (i, answer) in answers.enumerated() { append(answer, at: (columns?.count ?? 0) + i, to: &row) }
    row.append(0x0A)
    return row
  }

  /// The name of a field of a record without a column in the table, if there is one.
  private func stray(in record: Record) -> String? {
    guard let columns, let fields = record.details?.fields else { return nil }
    if fields.count == columns.count, fields.indices.allSatisfy({ fields[$0].name == columns[$0] }) { return nil }
    return fields.first { !columns.contains($0.name) && $0.value != nil && !$0.name.isEmpty }?.name
  }

  private func append(_ value: String?, at column: Int, to row: inout [UInt8]) {
    if column > 0 { row.append(quoting.delimiter) }
    guard let value else { return }
    if form.quotes { quoting.append(value, to: &row) } else { row += RecordWriter.cell(value).utf8 }
  }

  private static func fields(of record: Record, text: String) -> [RecordField] {
    let fields = record.details?.fields ?? []
    return fields.isEmpty ? [RecordField(name: "text", value: text, role: .text)] : fields
  }
}

/// Writes JSON objects: the members of a record, then its answers.
enum ObjectWriter {
  /// An object, with its line end.
  /// - Parameter answers: the full answers for a text; the text and tokens that the record has already are left out.
  static func line(_ record: Record, answers: [(String, ConfigNode)]) throws(SeqError) -> [UInt8] {
    let fields = record.details?.fields ?? []
    guard !fields.isEmpty else {
      return Array((try JSONWriter.text(of: .object(answers), style: .compact) + "\n").utf8)
    }
    let names = fields.enumerated().map { i, field in
      field.name.isEmpty ? field.role?.rawValue ?? "column\(i)" : field.name
    }
    let free = AnswerNames(besides: names)
    var line = "{"
    for (name, field) in zip(names, fields) {
      let value = field.isJSON ? field.value : field.value.map(JSONWriter.quoted)
      line += (line.count > 1 ? "," : "") + JSONWriter.quoted(name) + ":" + (value ?? "null")
    }
    // Offsets refer to the text, so the record must contain it.
    let hasPlaces = answers.contains { ["spans", "starts"].contains($0.0) }
    for (name, node) in answers {
      if name == "tokens", record.tokens != nil { continue }
      if name == "text", !hasPlaces || node.stringValue == record.text { continue }
      line += "," + JSONWriter.quoted(free.name(name)) + ":" + (try JSONWriter.text(of: node, style: .compact))
    }
    return Array((line + "}\n").utf8)
  }
}
