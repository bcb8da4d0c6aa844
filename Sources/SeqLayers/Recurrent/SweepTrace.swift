package import SeqTensor

/// What one direction of one layer has done on its way forth and back, for those who want to look at it.
///
/// It is kept only where `TracedPass.startTracing` asked for it. Unchecked for the same reason as the passes.
package final class SweepTrace: @unchecked Sendable {
  /// Whether the sweep goes from the end of each sequence to its start.
  package let isReversed: Bool
  /// The names of the gates, in the order of their columns in `activations`.
  package let gates: [String]
  /// [rows, H]: ∂L/∂h(t), from the loss at t and from all later steps.
  package private(set) var hiddenGradient: Matrix
  /// [rows, G·H]: the gates' values.
  package private(set) var activations: Matrix

  private let gradientBuffer = FloatBuffer(), activationBuffer = FloatBuffer()

  init(isReversed: Bool, gates: [String]) {
    self.isReversed = isReversed
    self.gates = gates
    hiddenGradient = gradientBuffer.matrix(rows: 0, columns: 0)
    activations = hiddenGradient
  }

  /// Makes room and keeps the gates' values, which the way back overwrites.
  func begin(activations values: Matrix, hiddenSize: Int) {
    activations = activationBuffer.reserve(rows: values.rows, columns: values.columns)
    activations.copy(from: values)
    hiddenGradient = gradientBuffer.reserve(rows: values.rows, columns: hiddenSize)
  }

  /// Keeps ∂L/∂h(t): what comes from above, through U from the step after, and directly from there.
  /// - Parameter carried: the columns of the carry that come directly from there; nil for none.
  func keep(_ gradient: StepGradient, at now: Range<Int>, carried: Range<Int>?) {
    let total = hiddenGradient.rows(now)
    total.copy(from: gradient.dOutput)
    gradient.addFollowing(to: total)
    if let carried { total.add(gradient.carry.columns(carried)) }
  }

  /// Keeps ∂L/∂h(t) as it is given.
  func keep(_ gradient: Matrix, at now: Range<Int>) { hiddenGradient.rows(now).copy(from: gradient) }
}

/// A pass whose sweeps can be looked at.
package protocol TracedPass: AnyObject {
  /// Has every sweep from now on keep what `SweepTrace` is for.
  func startTracing()
  /// By layer, the front one first; forwards before backwards.
  var traces: [[SweepTrace]] { get }
  /// The matrices that are applied to h(t−1), by gate: [H, H] each, row by row; in the order of `traces`.
  func recurrentMatrices(_ weights: Weights) -> [[[(gate: String, elements: [Float])]]]
}
