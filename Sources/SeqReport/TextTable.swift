import SeqCore

/// A table in plain text whose columns stay aligned with Chinese, Japanese and Korean cells.
package struct TextTable: Sendable {
  /// The alignment of a cell's text in its column.
  enum Alignment: Sendable { case left, right }

  /// A column's heading and alignment.
  package struct Column: Sendable {
    package var title: String
    var alignment: Alignment

    /// A column of text.
    package static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
    /// A column of numbers.
    package static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  private let alignments: [Alignment]
  /// The rows, including the heading; an empty row is a rule.
  private var rows: [[String]]
  private let gap: String

  /// A table without rows, with `gap` spaces between columns. It has no heading if all titles are empty.
  package init(_ columns: [Column], gap: Int = 2) {
    alignments = columns.map(\.alignment)
    rows = columns.allSatisfy(\.title.isEmpty) ? [] : [columns.map(\.title.printable)]
    self.gap = String(repeating: " ", count: max(0, gap))
  }

  /// Adds a row; missing cells are empty, and surplus cells are left out. Control characters are made visible.
  package mutating func add(_ cells: [String]) {
    let missing = max(0, alignments.count - cells.count)
    rows.append(cells.prefix(alignments.count).map(\.printable) + Array(repeating: "", count: missing))
  }

  /// Adds a line of dashes as wide as the table.
  package mutating func addRule() { rows.append([]) }

  /// The lines of the table without trailing spaces, joined by line feeds, without one at the end.
  package func render() -> String {
    let widths = alignments.indices.map { column in
      rows.reduce(0) { max($0, $1.isEmpty ? 0 : $1[column].displayWidth) }
    }
    let total = widths.reduce(0, +) + gap.count * max(0, widths.count - 1)
    return rows.map { $0.isEmpty ? String(repeating: "-", count: total) : line(of: $0, widths: widths) }
      .joined(separator: "\n")
  }

  private func line(of cells: [String], widths: [Int]) -> String {
    let padded = cells.indices.map { column in
      let padding = String(repeating: " ", count: widths[column] - cells[column].displayWidth)
      return alignments[column] == .left ? cells[column] + padding : padding + cells[column]
    }
    var line = padded.joined(separator: gap)[...]
    while line.last == " " { line = line.dropLast() }
    return String(line)
  }
}
