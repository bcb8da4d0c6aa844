package import SeqTensor

/// A cell whose whole step is one kernel.
package protocol FusedCell: RecurrentCell {
  var kernel: CellKernel { get }
}

extension FusedCell {
  package var recurrentPacking: Packing { .gates(kernel.gates) }

  package func forward(_ step: CellStep) { kernel.forward(fused(step)) }

  package func backward(_ step: CellStep, _ gradient: StepGradient) {
    guard let u = gradient.recurrentWeights else { preconditionFailure("a cell with a kernel and without U") }
    kernel.backward(
      fused(step),
      FusedStepGradient(
        dOutput: gradient.dOutput, following: gradient.following, recurrentWeights: u, carry: gradient.carry))
  }

  private func fused(_ step: CellStep) -> FusedStep {
    guard let u = step.recurrentWeights else { preconditionFailure("a cell with a kernel and without U") }
    return FusedStep(
      projected: step.projected, recurrentWeights: u, recurrentBias: step.recurrentBias,
      previousHidden: step.multipliedHidden, directHidden: step.previousHidden, hidden: step.hidden, gates: step.gates,
      recurrent: keepsRecurrentProduct ? step.recurrent : nil,
      previousCell: memories > 0 ? step.previousMemory(0) : nil,
      cell: memories > 1 ? (state: step.memory(0), tanh: step.memory(1)) : nil)
  }
}
