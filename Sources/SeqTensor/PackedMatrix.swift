/// How the right-hand side of a product is laid out for the kernels.
package enum Packing: Sendable, Hashable {
  /// Panels of columns, for products of matrices.
  case panels
  /// The columns of so many gates interleaved, block of units by block of units, for the steps of a cell.
  case gates(Int)
}

/// The right-hand side of a product, copied into the layout that the kernels of this CPU level read.
@safe
package final class PackedMatrix: @unchecked Sendable {
  /// The inner dimension of the product.
  package let rows: Int
  package let columns: Int
  let packing: Packing
  /// What the product is computed from.
  package let precision: Precision
  private let buffer: FloatBuffer

  /// Room for a matrix of `rows` × `columns`.
  package init(rows: Int, columns: Int, packing: Packing = .panels, precision: Precision = .float32) {
    self.rows = rows
    self.columns = columns
    self.packing = packing
    self.precision = precision
    buffer = FloatBuffer(
      capacity: Kernels.packedCount(rows: rows, columns: columns, packing: packing, precision))
  }

  /// Packs `matrix` [rows, columns].
  package func pack(_ matrix: Matrix) {
    precondition(matrix.rows == rows && matrix.columns == columns, "packing another shape")
    Kernels.pack(matrix, transposed: false, into: self)
  }

  /// Packs the transpose of `matrix` [columns, rows].
  package func pack(transposeOf matrix: Matrix) {
    precondition(matrix.rows == columns && matrix.columns == rows, "packing another shape")
    Kernels.pack(matrix, transposed: true, into: self)
  }

  var base: UnsafeMutablePointer<Float> { unsafe buffer.matrix(rows: 1, columns: buffer.capacity).base }
}
