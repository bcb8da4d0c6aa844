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

  /// From y = f(x) in self to ∂L/∂x = ∂L/∂y f′(x).
  package func setActivationGradient(_ activation: Activation, of dOutput: Matrix) {
    precondition(rows == dOutput.rows && columns == dOutput.columns, "a gradient of another shape")
    for r in 0..<rows {
      let (y, dy) = unsafe (base + r * stride, dOutput.base + r * dOutput.stride)
      switch activation {
      case .tanh: for j in 0..<columns { unsafe y[j] = dy[j] * (1 - y[j] * y[j]) }
      case .relu: for j in 0..<columns { unsafe y[j] = y[j] > 0 ? dy[j] : 0 }
      case .sigmoid: for j in 0..<columns { unsafe y[j] = dy[j] * y[j] * (1 - y[j]) }
      }
    }
  }
}
