package import SeqTensor

/// A cell that adds only its gate function, in Swift over matrices: the product with U is made for it.
package protocol PlainCell: RecurrentCell {
  /// From pre-activations in `step.gates` (without U h(t−1) + b′ if that is kept apart) to h(t).
  func activate(_ step: CellStep)

  /// From ∂L/∂h(t) through the gates alone to the gradient of the pre-activations, in place of the activations.
  /// - Parameters:
  ///   - dHidden: [n, H]
  ///   - carry: see `StepGradient`.
  func differentiate(_ step: CellStep, dHidden: Matrix, carry: Matrix)
}

extension PlainCell {
  package var recurrentPacking: Packing { .panels }

  package func forward(_ step: CellStep) {
    if step.projected.indices != nil { step.gates.copy(from: step.projected) }
    if let bias = step.recurrentBias { step.recurrent.fillRows(with: bias) }
    let continuing = step.previousHidden.rows
    if continuing > 0 {
      let sum = keepsRecurrentProduct ? step.recurrent : step.gates
      sum.rows(0..<continuing).addProduct(step.previousHidden, step.recurrentWeights)
    }
    activate(step)
  }

  package func backward(_ step: CellStep, _ gradient: StepGradient) {
    let dHidden = gradient.scratch
    dHidden.copy(from: gradient.dOutput)
    let following = gradient.following.rows
    if following > 0 { dHidden.rows(0..<following).addProduct(gradient.following, gradient.recurrentWeights) }
    differentiate(step, dHidden: dHidden, carry: gradient.carry)
  }
}
