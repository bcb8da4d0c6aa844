/// Owning storage for row numbers.
///
/// Unchecked because access is divided in time, not by a lock: see `WorkerTeam`.
@safe
package final class IndexBuffer: @unchecked Sendable {
  private var base: UnsafeMutablePointer<Int32>
  private var capacity = 64
  package private(set) var count = 0

  package init() {
    unsafe base = .allocate(capacity: capacity)
  }

  deinit { unsafe base.deallocate() }

  package func removeAll() { count = 0 }

  package func append(_ row: Int) {
    reserve(count + 1)
    unsafe (base + count).initialize(to: Int32(row))
    count += 1
  }

  package func append(contentsOf rows: Range<Int>) {
    reserve(count + rows.count)
    for row in rows { append(row) }
  }

  /// Takes other numbers.
  package func set(_ rows: Span<Int32>) {
    removeAll()
    reserve(rows.count)
    for i in rows.indices { unsafe (base + i).initialize(to: rows[i]) }
    count = rows.count
  }

  /// A view of all of them, valid until the next change.
  package var indices: RowIndices { unsafe RowIndices(base: base, count: count) }

  private func reserve(_ needed: Int) {
    guard needed > capacity else { return }
    capacity = max(needed, 2 * capacity)
    let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
    unsafe larger.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = larger
  }
}

/// A non-owning view of row numbers.
///
/// Unchecked for the same reason as `Matrix`.
@safe
package struct RowIndices: @unchecked Sendable {
  package let count: Int
  let base: UnsafePointer<Int32>

  /// The greatest number; −1 if there is none.
  var greatest: Int { (0..<count).reduce(-1) { max($0, self[$1]) } }

  @unsafe
  fileprivate init(base: UnsafeMutablePointer<Int32>, count: Int) {
    self.count = count
    unsafe self.base = UnsafePointer(base)
  }

  package subscript(_ i: Int) -> Int {
    precondition(i >= 0 && i < count, "index \(i) outside 0..<\(count)")
    return unsafe Int(base[i])
  }

  /// The numbers of a range.
  package func slice(_ range: Range<Int>) -> RowIndices {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "indices \(range) outside 0..<\(count)")
    return unsafe RowIndices(base: UnsafeMutablePointer(mutating: base + range.lowerBound), count: range.count)
  }
}

/// Rows of a table in an order: all of them, or those that indices name. The rows themselves are copied nowhere.
package struct GatheredRows: Sendable {
  package let table: Matrix
  package let indices: RowIndices?

  /// All rows of `table`.
  package init(_ table: Matrix) {
    self.table = table
    indices = nil
  }

  /// The rows of `table` that `indices` name. - Precondition: all are within the table.
  package init(_ table: Matrix, _ indices: RowIndices) {
    self.table = table
    self.indices = indices
    for i in 0..<indices.count { precondition(indices[i] >= 0 && indices[i] < table.rows, "a row outside the table") }
  }

  /// - Precondition: the indices have been checked.
  private init(checked table: Matrix, _ indices: RowIndices?) {
    self.table = table
    self.indices = indices
  }

  package var count: Int { indices?.count ?? table.rows }

  /// The rows of a range, in the same order.
  package func rows(_ range: Range<Int>) -> GatheredRows {
    guard let indices else { return GatheredRows(table.rows(range)) }
    return GatheredRows(checked: table, indices.slice(range))
  }

  /// The columns of a range.
  package func columns(_ range: Range<Int>) -> GatheredRows { GatheredRows(checked: table.columns(range), indices) }

  /// The same rows of another table.
  package func rows(of other: Matrix) -> GatheredRows {
    precondition(other.rows == table.rows, "a table of another height")
    return GatheredRows(checked: other, indices)
  }
}
