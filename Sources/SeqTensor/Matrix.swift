/// A non-owning, row-major view of `Float`s: `rows` × `columns`, rows `stride` elements apart.
///
/// Unchecked because it is a view of memory whose access is divided in time: see `WorkerTeam`.
@safe
package struct Matrix: @unchecked Sendable {
  package let rows: Int
  package let columns: Int
  package let stride: Int
  let base: UnsafeMutablePointer<Float>

  @unsafe
  init(base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    unsafe self.base = base
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  package var count: Int { rows * columns }

  /// Whether the rows follow each other without gaps, so that the view is one flat vector too.
  package var isContiguous: Bool { stride == columns || rows < 2 }

  package subscript(row: Int, column: Int) -> Float {
    get {
      check(row, column)
      return unsafe base[row * stride + column]
    }
    nonmutating set {
      check(row, column)
      unsafe base[row * stride + column] = newValue
    }
  }

  /// Whether both are views of the same elements.
  package func isSame(as other: Matrix) -> Bool {
    unsafe base == other.base && rows == other.rows && columns == other.columns && stride == other.stride
  }

  /// The rows of a range.
  package func rows(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) outside 0..<\(rows)")
    return unsafe Matrix(base: base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// The columns of a range.
  package func columns(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) outside 0..<\(columns)")
    return unsafe Matrix(base: base + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// One row, as a copy.
  package func row(_ row: Int) -> [Float] {
    precondition(row >= 0 && row < rows, "row \(row) outside 0..<\(rows)")
    return unsafe Array(UnsafeBufferPointer(start: base + row * stride, count: columns))
  }

  /// Calls `body` with one row.
  package func withRow<T>(_ row: Int, _ body: (Span<Float>) -> T) -> T {
    precondition(row >= 0 && row < rows, "row \(row) outside 0..<\(rows)")
    return unsafe body(Span(_unsafeStart: UnsafePointer(base + row * stride), count: columns))
  }

  /// All elements, row by row.
  package var elements: [Float] { (0..<rows).flatMap(row) }

  package func fill(_ value: Float) {
    unsafe forEachRun { unsafe $0.update(repeating: value, count: $1) }
  }

  /// Copies an equally shaped matrix.
  package func copy(from other: Matrix) {
    precondition(other.rows == rows && other.columns == columns, "copy of another shape")
    if isContiguous, other.isContiguous {
      unsafe base.update(from: other.base, count: count)
    } else {
      for r in 0..<rows { unsafe (base + r * stride).update(from: other.base + r * other.stride, count: columns) }
    }
  }

  /// Copies elements, row by row. - Precondition: `elements.count == count`.
  package func copy(from elements: some Sequence<Float>) {
    var i = 0
    for element in elements {
      self[i / columns, i % columns] = element
      i += 1
    }
    precondition(i == count, "copy of \(i) elements into \(count)")
  }

  /// Copies an array, row by row, without the generic copy's allocations. - Precondition: `elements.count == count`.
  package func copy(from elements: [Float]) {
    precondition(elements.count == count, "copy of \(elements.count) elements into \(count)")
    for r in 0..<rows {
      for j in 0..<columns { unsafe base[r * stride + j] = elements[r * columns + j] }
    }
  }

  /// Copies `bias` [1, columns] into every row.
  package func fillRows(with bias: Matrix) {
    precondition(bias.rows == 1 && bias.columns == columns, "bias of another width")
    for r in 0..<rows { unsafe (base + r * stride).update(from: bias.base, count: columns) }
  }

  /// Row r becomes 1 in one column and 0 elsewhere.
  package func setOneHot(_ row: Int, _ column: Int) {
    rows(row..<row + 1).fill(0)
    self[row, column] = 1
  }

  /// Row r becomes row `indices[r]` of `table`.
  package func gather(_ indices: Span<Int32>, from table: Matrix) {
    precondition(indices.count == rows && table.columns == columns, "gather of another shape")
    for r in 0..<rows {
      let source = Int(indices[r])
      precondition(source >= 0 && source < table.rows, "row \(source) outside 0..<\(table.rows)")
      unsafe (base + r * stride).update(from: table.base + source * table.stride, count: columns)
    }
  }

  /// The position of the greatest element of a row; the first of equals.
  package func argmax(row: Int) -> Int {
    withRow(row) { values in
      var best = 0
      for j in 1..<max(1, values.count) where values[j] > values[best] { best = j }
      return best
    }
  }

  /// Calls `body` for each contiguous run of elements.
  func forEachRun(_ body: (UnsafeMutablePointer<Float>, Int) -> Void) {
    if isContiguous { return unsafe body(base, count) }
    for r in 0..<rows { unsafe body(base + r * stride, columns) }
  }

  private func check(_ row: Int, _ column: Int) {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns, "[\(row), \(column)] outside [\(rows), \(columns)]")
  }
}
