extension Matrix {
  /// self = a · b.
  package func setProduct(_ a: Matrix, _ b: PackedMatrix) { Kernels.product(a, b, startingWith: nil, into: self) }

  /// self = a · b + bias; the bias [1, columns] is added to every row.
  package func setProduct(_ a: Matrix, _ b: PackedMatrix, bias: Matrix) {
    Kernels.product(a, b, startingWith: bias, into: self)
  }

  /// self += a · b.
  package func addProduct(_ a: Matrix, _ b: PackedMatrix) { Kernels.product(a, b, startingWith: self, into: self) }

  /// self (+)= aᵀ · b: the gradient of a weight, with `a` what came back and `b` what went in.
  package func setTransposedProduct(_ a: Matrix, _ b: Matrix, adding: Bool, precision: Precision = .float32) {
    setTransposedProduct(GatheredRows(a), GatheredRows(b), adding: adding, precision: precision)
  }

  /// The same over rows that are gathered from tables.
  package func setTransposedProduct(
    _ a: GatheredRows, _ b: GatheredRows, adding: Bool, precision: Precision = .float32
  ) {
    Kernels.transposedProduct(a, b, into: self, accumulate: adding, precision)
  }

  /// Row i becomes row i of `source`.
  package func copy(from source: GatheredRows) {
    guard let indices = source.indices else { return copy(from: source.table) }
    precondition(indices.count == rows && source.table.columns == columns, "gather of another shape")
    for r in 0..<rows {
      unsafe (base + r * stride).update(from: source.table.base + indices[r] * source.table.stride, count: columns)
    }
  }

  /// Adds row i of `source` to the row that the i-th index names: the gradient of a gather.
  package func addRows(of source: Matrix, at indices: RowIndices) {
    precondition(indices.count == source.rows && source.columns == columns, "scatter of another shape")
    for r in 0..<source.rows { rows(indices[r]..<indices[r] + 1).add(source.rows(r..<r + 1)) }
  }

  /// self [1, n] (+)= the column sums of `x` [m, n]: the gradient of a bias.
  package func setColumnSums(of x: Matrix, adding: Bool) { Kernels.columnSums(x, into: self, accumulate: adding) }

  /// self += x.
  package func add(_ x: Matrix) { Kernels.add(x, to: self) }

  /// self += x, given row by row; nothing if `x` is empty.
  package func add(_ x: Span<Float>) {
    if x.isEmpty { return }
    precondition(x.count == count, "as many numbers as elements")
    for r in 0..<rows {
      for c in 0..<columns { self[r, c] += x[r * columns + c] }
    }
  }

  /// self += a · x.
  package func add(_ a: Float, times x: Matrix) { Kernels.addScaled(a, x, to: self) }

  /// self += share · (x − self). What is equal stays so, bit for bit.
  package func move(to x: Matrix, by share: Float) { Kernels.move(self, to: x, by: share) }

  /// self = x · m, element by element.
  package func setElementwiseProduct(_ x: Matrix, _ m: Matrix) { Kernels.multiply(x, m, into: self) }

  /// self = x with elements dropped at `rate` and the rest scaled by 1 / (1 − rate); `mask` keeps the factors.
  /// The mask depends on `seed` and the position alone.
  package func setDropout(of x: Matrix, rate: Float, seed: UInt64, mask: Matrix) {
    Kernels.dropout(x, rate: rate, seed: seed, mask: mask, into: self)
  }

  /// self = tanh(x).
  package func setTanh(of x: Matrix) { Kernels.tanh(x, into: self) }

  /// Σ self · x, for two rows.
  package func dot(_ x: Matrix) -> Float { Kernels.dot(self, x) }

  /// Σ self², in double precision.
  package var sumOfSquares: Double { Kernels.sumSquares(self) }

  /// Rows of scores become probabilities.
  package func softmaxRows() { Kernels.softmax(self) }

  /// Rows of scores become ∂L/∂scores for L = `scale` · Σ cross-entropy, with class weights and label smoothing as
  /// PyTorch defines them. A negative label costs nothing.
  /// - Returns: L.
  package func crossEntropy(
    labels: Span<Int32>, classWeights: Matrix?, smoothing: Float, scale: Double
  ) -> Double {
    Kernels.crossEntropy(self, labels: labels, classWeights: classWeights, smoothing: smoothing, scale: scale)
  }
}
