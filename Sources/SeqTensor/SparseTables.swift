/// The tables of a network whose gradients have only the rows that a batch needs, with one numbering of all their rows:
/// those of the first table from 0, then those of the second, and so on.
package struct SparseTables: Sendable {
  package let slots: [ParameterSlot]
  /// The number of each table's first row, and behind them the count of all rows.
  package let starts: [Int]

  package init(_ slots: [ParameterSlot]) {
    self.slots = slots
    starts = slots.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.rows) }
  }

  /// Rows of all tables.
  package var rows: Int { starts[slots.count] }

  /// Where a row is in the flat vector.
  package func range(ofRow row: Int) -> Range<Int> {
    let table = table(ofRow: row)
    let slot = slots[table]
    let start = slot.offset + (row - starts[table]) * slot.columns
    return start..<start + slot.columns
  }

  /// A row, as [1, columns of its table].
  package func row(_ row: Int, of vector: ParameterVector) -> Matrix {
    let table = table(ofRow: row)
    let local = row - starts[table]
    return vector[slots[table]].rows(local..<local + 1)
  }

  /// There are few, and mostly one.
  private func table(ofRow row: Int) -> Int {
    var table = 0
    while row >= starts[table + 1] { table += 1 }
    return table
  }
}
