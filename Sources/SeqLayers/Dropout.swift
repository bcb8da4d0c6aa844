import SeqCore
package import SeqTensor

/// Dropout of single features (Srivastava et al. 2014), scaled at training time so that inference does nothing.
package final class DropoutPass {
  private let rate: Float
  private let name: String
  private let mask = FloatBuffer(), output = FloatBuffer()
  private var factors: Matrix?

  /// - Parameters:
  ///   - rate: the probability of a feature to be dropped, in [0, 1).
  ///   - name: the child of the step's seed that the mask is drawn from; unique within a model.
  package init(rate: Double, name: String) {
    self.rate = Float(rate)
    self.name = name
  }

  /// Returns `input` itself where there is nothing to drop.
  package func forward(_ input: Matrix, mode: Mode) -> Matrix {
    factors = nil
    guard rate > 0, case .training(let seed) = mode else { return input }
    let mask = mask.reserve(rows: input.rows, columns: input.columns)
    let output = output.reserve(rows: input.rows, columns: input.columns)
    output.setDropout(of: input, rate: rate, seed: seed.child(name).value, mask: mask)
    factors = mask
    return output
  }

  /// Multiplies in place by the factors of the last `forward`.
  package func backward(_ dOutput: Matrix) {
    if let factors { dOutput.setElementwiseProduct(dOutput, factors) }
  }
}
