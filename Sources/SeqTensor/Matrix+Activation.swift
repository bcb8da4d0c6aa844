extension Matrix {
  /// self = f(self).
  package func activate(_ activation: Activation) {
    switch activation {
    case .tanh: setTanh(of: self)
    case .relu:
      unsafe forEachRun { values, count in for i in 0..<count { unsafe values[i] = max(0, values[i]) } }
    case .sigmoid:  // σ(x) = (1 + tanh(x / 2)) / 2
      unsafe forEachRun { values, count in for i in 0..<count { unsafe values[i] *= 0.5 } }
      setTanh(of: self)
      unsafe forEachRun { values, count in for i in 0..<count { unsafe values[i] = 0.5 + 0.5 * values[i] } }
    }
  }

  /// self = ∂L/∂x = ∂L/∂y f′(x), for y = f(x).
  package func setActivationGradient(_ activation: Activation, at output: Matrix, of dOutput: Matrix) {
    precondition(
      output.rows == rows && output.columns == columns && dOutput.rows == rows && dOutput.columns == columns,
      "a gradient of another shape")
    for r in 0..<rows {
      let (y, dy) = unsafe (output.base + r * output.stride, dOutput.base + r * dOutput.stride)
      let dx = unsafe base + r * stride
      switch activation {
      case .tanh: for j in 0..<columns { unsafe dx[j] = dy[j] * (1 - y[j] * y[j]) }
      case .relu: for j in 0..<columns { unsafe dx[j] = y[j] > 0 ? dy[j] : 0 }
      case .sigmoid: for j in 0..<columns { unsafe dx[j] = dy[j] * y[j] * (1 - y[j]) }
      }
    }
  }
}
