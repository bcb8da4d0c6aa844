/// The right-hand side of a product, copied into the panels that the kernels of this CPU level read.
@safe
package final class PackedMatrix: @unchecked Sendable {
  /// The inner dimension of the product.
  package let rows: Int
  package let columns: Int
  /// What the product is computed from.
  package let precision: Precision
  let buffer: FloatBuffer

  /// Room for a matrix of `rows` × `columns`.
  package init(rows: Int, columns: Int, precision: Precision = .float32) {
    self.rows = rows
    self.columns = columns
    self.precision = precision
    buffer = FloatBuffer(capacity: Kernels.packedSize(rows: rows, columns: columns, precision))
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
}
