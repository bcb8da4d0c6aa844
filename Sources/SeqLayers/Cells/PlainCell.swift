package import SeqTensor

/// A cell that adds only its gate function, in Swift over matrices: the product with U is made for it.
package protocol PlainCell: RecurrentCell {
  /// From pre-activations in `step.gates` (without U h(t−1) + b′ if that is kept apart) to h(t).
  func activate(_ step: CellStep)

  /// From ∂L/∂h(t) through the gates alone to the gradient of the pre-activations, in place of the activations.
  /// - Parameters:
  ///   - dHidden: [n, H]: ∂L/∂h(t), but for what the cell itself has put into the carry; may be overwritten.
  ///   - gradient: for its carry and scratches.
  func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient)
}

extension PlainCell {
  package var recurrentPacking: Packing { .panels }
  package var keepsRecurrentProduct: Bool { false }
  package var memories: Int { 0 }

  package func forward(_ step: CellStep) {
    if step.projected.indices != nil { step.gates.copy(from: step.projected) }
    if let bias = step.recurrentBias {
      step.recurrent.fillRows(with: bias)
    } else if keepsRecurrentProduct {
      step.recurrent.fill(0)
    }
    if let u = step.recurrentWeights, !step.continuing.isEmpty {
      let sum = (keepsRecurrentProduct ? step.recurrent : step.gates).rows(step.continuing)
      sum.columns(0..<u.columns).addProduct(step.multipliedHidden, u)
    }
    activate(step)
  }

  package func backward(_ step: CellStep, _ gradient: StepGradient) {
    let dHidden = gradient.dHidden
    dHidden.copy(from: gradient.dOutput)
    gradient.addFollowing(to: dHidden)
    differentiate(step, dHidden: dHidden, gradient)
  }
}
