import CSeqKernels

// The operations on elements of rows. A matrix of one row stands for as many as the others have.
extension Kernels {
  static func gateSigmoid(_ x: Matrix, into y: Matrix) {
    checkSameShape(x, y)
    unsafe table.gate_sigmoid(y.rows, y.columns, x.base, x.stride, y.base, y.stride)
  }

  static func gateTanh(_ x: Matrix, into y: Matrix) {
    checkSameShape(x, y)
    unsafe table.gate_tanh(y.rows, y.columns, x.base, x.stride, y.base, y.stride)
  }

  static func sigmoidGradient(_ d: Matrix, _ y: Matrix, into x: Matrix) {
    checkSameShape(d, x)
    checkSameShape(y, x)
    unsafe table.sigmoid_gradient(x.rows, x.columns, d.base, d.stride, y.base, y.stride, x.base, x.stride)
  }

  static func tanhGradient(_ d: Matrix, _ y: Matrix, into x: Matrix) {
    checkSameShape(d, x)
    checkSameShape(y, x)
    unsafe table.tanh_gradient(x.rows, x.columns, d.base, d.stride, y.base, y.stride, x.base, x.stride)
  }

  static func multiplyRows(_ x: Matrix, _ m: Matrix, into y: Matrix) {
    checkSameShape(x, y)
    unsafe table.multiply_rows(y.rows, y.columns, x.base, x.stride, m.base, step(m, over: y), y.base, y.stride)
  }

  static func multiplyAdd(_ a: Float, _ x: Matrix, _ m: Matrix, into y: Matrix) {
    checkSameShape(x, y)
    unsafe table.multiply_add_rows(y.rows, y.columns, a, x.base, x.stride, m.base, step(m, over: y), y.base, y.stride)
  }

  static func blend(_ a: Matrix, _ b: Matrix, by z: Matrix, into y: Matrix) {
    checkSameShape(a, y)
    checkSameShape(b, y)
    checkSameShape(z, y)
    unsafe table.blend(
      y.rows, y.columns, z.base, z.stride, a.base, a.stride, b.base, b.stride, y.base, y.stride)
  }

  static func productSums(_ x: GatheredRows, _ m: GatheredRows, into y: Matrix, accumulate: Bool) {
    precondition(
      x.count == m.count && y.rows == 1 && x.table.columns == y.columns && m.table.columns == y.columns,
      "sums of another width")
    unsafe table.product_sums(
      x.count, y.columns, x.table.base, x.table.stride, x.indices?.base, m.table.base, m.table.stride,
      m.indices?.base, y.base, accumulate)
  }

  static func normalize(_ x: Matrix, epsilon: Float, inverse: Matrix, into y: Matrix) {
    checkSameShape(x, y)
    precondition(inverse.rows == x.rows && inverse.columns == 1 && x.columns > 0, "deviations of other rows")
    unsafe table.normalize(
      x.rows, x.columns, epsilon, x.base, x.stride, y.base, y.stride, inverse.base, inverse.stride)
  }

  static func normalizeGradient(_ d: Matrix, _ y: Matrix, inverse: Matrix, into x: Matrix) {
    checkSameShape(d, x)
    checkSameShape(y, x)
    precondition(inverse.rows == x.rows && inverse.columns == 1 && x.columns > 0, "deviations of other rows")
    unsafe table.normalize_gradient(
      x.rows, x.columns, d.base, d.stride, y.base, y.stride, inverse.base, inverse.stride, x.base, x.stride)
  }

  private static func checkSameShape(_ x: Matrix, _ y: Matrix) {
    precondition(
      x.rows == y.rows && x.columns == y.columns, "[\(x.rows), \(x.columns)] beside [\(y.rows), \(y.columns)]")
  }

  /// The way from a factor's row to the next: none if its one row stands for all.
  private static func step(_ m: Matrix, over y: Matrix) -> Int {
    precondition(
      m.columns == y.columns && (m.rows == y.rows || m.rows == 1),
      "[\(m.rows), \(m.columns)] beside [\(y.rows), \(y.columns)]")
    return m.rows == 1 ? 0 : m.stride
  }
}
