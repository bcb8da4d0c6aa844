extension Matrix {
  /// self = a · b.
  package func setProduct(_ a: Matrix, _ b: PackedMatrix) { Kernels.product(a, b, into: self, accumulate: false) }

  /// self += a · b.
  package func addProduct(_ a: Matrix, _ b: PackedMatrix) { Kernels.product(a, b, into: self, accumulate: true) }

  /// self (+)= aᵀ · b: the gradient of a weight, with `a` what came back and `b` what went in.
  package func setTransposedProduct(_ a: Matrix, _ b: Matrix, adding: Bool, precision: Precision = .float32) {
    Kernels.transposedProduct(a, b, into: self, accumulate: adding, precision)
  }

  /// self [1, n] (+)= the column sums of `x` [m, n]: the gradient of a bias.
  package func setColumnSums(of x: Matrix, adding: Bool) { Kernels.columnSums(x, into: self, accumulate: adding) }

  /// self += x.
  package func add(_ x: Matrix) { Kernels.add(x, to: self) }

  /// self += a · x.
  package func add(_ a: Float, times x: Matrix) { Kernels.addScaled(a, x, to: self) }

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

/// The activation of an Elman cell.
package enum Activation: String, Sendable, CaseIterable {
  case tanh, relu, sigmoid
}

/// h(t) = f(gates); `gates` [rows, H] holds W x + U h(t−1) + b and becomes the activation.
package func elmanStep(_ f: Activation, gates: Matrix, hidden: Matrix) {
  Kernels.elman(f, gates: gates, hidden: hidden)
}

/// Activations in `gates` become dGates = dHidden · f′.
package func elmanStepBackward(_ f: Activation, gates: Matrix, dHidden: Matrix) {
  Kernels.elmanBackward(f, gates: gates, dHidden: dHidden)
}

/// One LSTM step. `gates` [rows, 4H], order i, f, g, o, holds pre-activations and becomes activations; the first rows,
/// as many as `previousCell` has, continue from c(t−1).
package func lstmStep(gates: Matrix, previousCell: Matrix?, cell: Matrix, tanhCell: Matrix, hidden: Matrix) {
  Kernels.lstm(gates: gates, previousCell: previousCell, cell: cell, tanhCell: tanhCell, hidden: hidden)
}

/// Activations in `gates` become dGates; `dCell` carries ∂L/∂c(t) in and ∂L/∂c(t−1) out.
package func lstmStepBackward(gates: Matrix, previousCell: Matrix?, tanhCell: Matrix, dHidden: Matrix, dCell: Matrix) {
  Kernels.lstmBackward(gates: gates, previousCell: previousCell, tanhCell: tanhCell, dHidden: dHidden, dCell: dCell)
}

/// One GRU step. `gates` [rows, 3H], order r, z, n, holds W x + b and becomes activations; `recurrent` holds U h(t−1) + b′.
package func gruStep(gates: Matrix, recurrent: Matrix, previousHidden: Matrix, hidden: Matrix) {
  Kernels.gru(gates: gates, recurrent: recurrent, previousHidden: previousHidden, hidden: hidden)
}

/// Activations in `gates` become dGates, `recurrent` its gradient, and `dHidden` the direct part of ∂L/∂h(t−1).
package func gruStepBackward(gates: Matrix, recurrent: Matrix, previousHidden: Matrix, dHidden: Matrix) {
  Kernels.gruBackward(gates: gates, recurrent: recurrent, previousHidden: previousHidden, dHidden: dHidden)
}
