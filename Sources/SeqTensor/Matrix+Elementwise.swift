// Operations on elements for cells and connections in Swift. Rows may lie apart; what is set may be one of the arguments.
// A factor of one row stands for as many rows as there are.
extension Matrix {
  /// self = σ(x).
  package func setSigmoid(of x: Matrix) { Kernels.gateSigmoid(x, into: self) }

  /// self = tanh(x), as the gates of cells have it: within 4e-7.
  package func setGateTanh(of x: Matrix) { Kernels.gateTanh(x, into: self) }

  /// self = dY ∘ y ∘ (1 − y): the way back through y = σ(self).
  package func setSigmoidGradient(_ dY: Matrix, at y: Matrix) { Kernels.sigmoidGradient(dY, y, into: self) }

  /// self = dY ∘ (1 − y²): the way back through y = tanh(self).
  package func setTanhGradient(_ dY: Matrix, at y: Matrix) { Kernels.tanhGradient(dY, y, into: self) }

  /// self = x ∘ m.
  package func setRows(of x: Matrix, times m: Matrix) { Kernels.multiplyRows(x, m, into: self) }

  /// self += x ∘ m.
  package func add(_ x: Matrix, times m: Matrix) { Kernels.multiplyAdd(1, x, m, into: self) }

  /// self −= x ∘ m.
  package func subtract(_ x: Matrix, times m: Matrix) { Kernels.multiplyAdd(-1, x, m, into: self) }

  /// self = (1 − z) ∘ a + z ∘ b.
  package func setBlend(of a: Matrix, and b: Matrix, by z: Matrix) { Kernels.blend(a, b, by: z, into: self) }

  /// self [1, n] (+)= the column sums of x ∘ m over all rows: the gradient of a vector of factors.
  package func setProductSums(of x: GatheredRows, _ m: GatheredRows, adding: Bool) {
    Kernels.productSums(x, m, into: self, accumulate: adding)
  }

  /// self = (x − μ) / √(σ² + ε) with the mean and the variance of each row.
  /// - Parameter inverse: [rows, 1]: becomes 1 / √(σ² + ε).
  package func setNormalized(_ x: Matrix, epsilon: Float, inverse: Matrix) {
    Kernels.normalize(x, epsilon: epsilon, inverse: inverse, into: self)
  }

  /// self = ∂L/∂x for y = `setNormalized` of x and dY = ∂L/∂y.
  package func setNormalizedGradient(_ dY: Matrix, at y: Matrix, inverse: Matrix) {
    Kernels.normalizeGradient(dY, y, inverse: inverse, into: self)
  }

  /// self = f(x).
  package func setEach(of x: Matrix, _ f: (Float) -> Float) {
    precondition(x.rows == rows && x.columns == columns, "[\(x.rows), \(x.columns)] beside [\(rows), \(columns)]")
    for r in 0..<rows {
      for j in 0..<columns { unsafe base[r * stride + j] = f(x.base[r * x.stride + j]) }
    }
  }

  /// self = f(x, y).
  package func setEach(of x: Matrix, and y: Matrix, _ f: (Float, Float) -> Float) {
    precondition(x.rows == rows && x.columns == columns, "[\(x.rows), \(x.columns)] beside [\(rows), \(columns)]")
    precondition(y.rows == rows && y.columns == columns, "[\(y.rows), \(y.columns)] beside [\(rows), \(columns)]")
    for r in 0..<rows {
      for j in 0..<columns {
        unsafe base[r * stride + j] = f(x.base[r * x.stride + j], y.base[r * y.stride + j])
      }
    }
  }

  /// Adds `row` [1, columns] to every row.
  package func addToRows(_ row: Matrix) {
    for r in 0..<rows { rows(r..<r + 1).add(row) }
  }
}
