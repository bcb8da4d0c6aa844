import SeqCore
import SeqRecords

/// Finds quoted fields in which a stray quote mark seems to have swallowed the rows after it.
///
/// A text of several lines is no reason for a warning. The lines within a field count as rows if they have as many
/// fields as the file has columns. Commas and semicolons also occur in texts, but there a space follows them. So with
/// these delimiters, no field may be empty or begin with a space, and the label must occur elsewhere in the file.
struct SwallowedRows {
  /// A field that may have swallowed rows.
  private struct Suspect {
    let place: Place
    let lines: Int
    /// The labels of the lines that look like rows; empty if they are unknown.
    let labels: [String]
  }

  /// The most suspects, and the most rows with known labels, to collect.
  private static let (maximumSuspects, maximumRows) = (100, 1_000)

  private let layout: TableLayout
  private let naming: SettingNames
  private var suspects: [Suspect] = []
  private var labels: Set<String> = []
  private var rowCount = 0

  init(_ layout: TableLayout, naming: SettingNames) { (self.layout, self.naming) = (layout, naming) }

  /// Examines a row whose label is known.
  mutating func look(at rows: TableRows, label: String?) {
    if rowCount < Self.maximumRows, let label {
      rowCount += 1
      labels.insert(label)
    }
    guard rows.hasSeveralLines, layout.width > 1, suspects.count < Self.maximumSuspects else { return }
    guard mayHaveSwallowed(rows.row, rows.delimiter.byte) else { return }
    let lines = rows.row.dropLast().split(separator: Byte.lineFeed, omittingEmptySubsequences: false)
    // The first and the last line also hold what is before and after the field.
    let swallowed = lines.count > 2 ? lines[1..<(lines.count - 1)] : lines[..<1]
    let found = swallowed.compactMap { fields(of: $0, rows.delimiter) }
    guard found.count * 2 > swallowed.count else { return }
    var named: [String]?
    if rows.delimiter.standsInTexts {
      named = layout.label.map { label in found.map { decoded($0[label]) } }
      if named == nil, found.count < 2 { return }
    }
    suspects.append(Suspect(place: rows.placeOfSpanningField, lines: lines.count, labels: named ?? []))
  }

  /// Whether a line of the row has as many fields as the file has columns, judging by the delimiters. Of several lines,
  /// the first and the last do not count. Nearly all rows end here, so this makes no arrays.
  private func mayHaveSwallowed(_ row: [UInt8], _ delimiter: UInt8) -> Bool {
    var (lines, delimiters) = (0, 0)
    var (first, inner, last) = (false, false, false)
    for byte in row {
      if byte == delimiter { delimiters += 1 }
      if byte != Byte.lineFeed { continue }
      if lines > 1 { inner = inner || last }
      last = delimiters == layout.width - 1
      if lines == 0 { first = last }
      (lines, delimiters) = (lines + 1, 0)
    }
    return lines > 2 ? inner : first
  }

  /// Reports what was found in the file.
  func report() {
    let found = suspects.filter { $0.labels.allSatisfy(labels.contains) || Set($0.labels).count < $0.labels.count }
    guard let first = found.first else { return }
    let more = found.count == 1 ? "" : found.count == 2 ? ", and 1 more does" : ", and \(found.count - 1) more do"
    ReadingNotes.add(
      "this quoted field runs over \(first.lines) lines that look like rows\(more)", at: first.place,
      remedy: "close the quote mark, or \(naming.withoutQuoting)")
  }

  /// The fields of a line that looks like a row.
  private func fields(of line: ArraySlice<UInt8>, _ delimiter: Delimiter) -> [ArraySlice<UInt8>]? {
    let fields = line.split(separator: delimiter.byte, omittingEmptySubsequences: false)
    guard fields.count == layout.width else { return nil }
    if delimiter.standsInTexts, fields.contains(where: { $0.first.map(Byte.isBlank) ?? true }) { return nil }
    return fields
  }
}

extension Delimiter {
  /// Whether this character also occurs in texts.
  fileprivate var standsInTexts: Bool { byte == Byte.comma || byte == UInt8(ascii: ";") }
}
