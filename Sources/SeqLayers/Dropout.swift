import SeqCore
package import SeqTensor

/// Dropout of single features (Srivastava et al. 2014), scaled at training time so that inference does nothing.
///
/// Locked, a sequence has one mask for all its steps (Gal and Ghahramani 2016, "A theoretically grounded application of
/// dropout in recurrent neural networks").
package final class DropoutPass {
  private let rate: Float
  private let name: String
  private let isLocked: Bool
  private let mask = FloatBuffer(), output = FloatBuffer()
  private var factors: Matrix?

  /// - Parameters:
  ///   - rate: the probability of a feature to be dropped, in [0, 1).
  ///   - name: the child of the step's seed that the mask is drawn from; unique within a model.
  ///   - isLocked: whether the steps of a sequence have one mask.
  package init(rate: Double, name: String, isLocked: Bool = false) {
    self.rate = Float(rate)
    self.name = name
    self.isLocked = isLocked
  }

  /// Returns `input` itself where there is nothing to drop.
  /// - Parameter shape: of the sequences whose steps the rows are; nil for rows that are no steps.
  package func forward(_ input: Matrix, shape: PackedShape? = nil, mode: Mode) -> Matrix {
    factors = nil
    guard rate > 0, case .training(let seed) = mode else { return input }
    let mask = mask.reserve(rows: input.rows, columns: input.columns)
    let output = output.reserve(rows: input.rows, columns: input.columns)
    factors = mask
    guard isLocked, let shape, shape.steps.count > 1 else {
      output.setDropout(of: input, rate: rate, seed: seed.child(name).value, mask: mask)
      return output
    }
    // The first step has a row for each sequence, and row s of a later one goes on with its row s.
    let first = shape.steps[0]
    output.rows(first).setDropout(
      of: input.rows(first), rate: rate, seed: seed.child(name).value, mask: mask.rows(first))
    for step in shape.steps.dropFirst() { mask.rows(step).copy(from: mask.rows(0..<step.count)) }
    output.setElementwiseProduct(input, mask)
    return output
  }

  /// Multiplies in place by the factors of the last `forward`.
  package func backward(_ dOutput: Matrix) {
    if let factors { dOutput.setElementwiseProduct(dOutput, factors) }
  }
}
