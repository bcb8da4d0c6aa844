extension ReferenceParameters {
  /// ∂f/∂p for every element p of one tensor, by central differences: (f(p + h) − f(p − h)) / 2h.
  ///
  /// The error is about h² |f‴| / 6 + 1e-16 |f| / h: 1e-10 of the scale of f for the default step, if f is smooth
  /// between p − h and p + h.
  ///
  /// - Parameters:
  ///   - name: the tensor.
  ///   - indices: the elements; nil means all.
  ///   - step: h.
  package func finiteDifference(
    of name: String, at indices: [Int]? = nil, step: Double = 1e-5, _ f: (ReferenceParameters) -> Double
  ) -> [Double] {
    var moved = self
    return (indices ?? Array(self[name].indices)).map { index in
      let value = self[name][index]
      moved[name][index] = value + step
      let above = f(moved)
      moved[name][index] = value - step
      let below = f(moved)
      moved[name][index] = value
      return (above - below) / (2 * step)
    }
  }
}

/// How far a gradient is from the one it should be.
package struct GradientDifference: Sendable, Equatable {
  /// The parameter.
  package let name: String
  /// max |found − expected| / max(|expected|, floor); infinite if a value is not a number or the counts differ.
  package let relativeError: Double
  /// The element that is farthest off.
  package let worstIndex: Int

  /// - Parameter floor: the least scale that errors are measured by. A gradient can be far smaller than the terms it is
  ///   a sum of (attention over states that are nearly alike), and its rounding error is in proportion to the terms;
  ///   the default suits a loss and inputs of about 1.
  package init(name: String, found: [Double], expected: [Double], floor: Double = 1e-3) {
    self.name = name
    let scale = expected.reduce(floor) { max($0, abs($1)) }
    let errors = zip(found, expected).map { abs($0 - $1) / scale }.map { $0.isNaN ? .infinity : $0 }
    worstIndex = errors.indices.max { errors[$0] < errors[$1] } ?? 0
    relativeError = found.count == expected.count ? errors.max() ?? 0 : .infinity
  }
}
