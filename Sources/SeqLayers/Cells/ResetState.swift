package import SeqTensor

// What cells with a reset gate before the product share: U (r ∘ h(t−1)), and a state that is a blend of the old one and the
// candidate.
extension CellStep {
  /// sum += U (r ∘ h(t−1)) for the rows that have a predecessor.
  /// - Parameters:
  ///   - memory: keeps r ∘ h(t−1), and 0 in the other rows, for the gradient of U.
  ///   - parameter: U, one of the cell's own.
  package func addResetProduct(_ reset: Matrix, to sum: Matrix, memory: Int, parameter: Int) {
    self.memory(memory).rows(starting).fill(0)
    guard !continuing.isEmpty else { return }
    let kept = self.memory(memory).rows(continuing)
    kept.setRows(of: previousHidden, times: reset.rows(continuing))
    sum.rows(continuing).addProduct(kept, transposed(parameter))
  }

  /// The way back through `addResetProduct`.
  /// - Parameters:
  ///   - dSum: [n, H]: ∂L/∂sum.
  ///   - dReset: [n, H]: becomes ∂L/∂r.
  ///   - dPrevious: [p, H]: gets U's share of ∂L/∂h(t−1).
  package func differentiateResetProduct(
    _ reset: Matrix, dSum: Matrix, parameter: Int, dReset: Matrix, addingTo dPrevious: Matrix
  ) {
    dReset.fill(0)
    guard !continuing.isEmpty else { return }
    let d = dReset.rows(continuing)
    d.setProduct(dSum.rows(continuing), packed(parameter))
    dPrevious.add(d, times: reset.rows(continuing))
    d.setRows(of: d, times: previousHidden)
  }

  /// h(t) = (1 − z) h(t−1) + z n.
  package func blend(_ candidate: Matrix, by gate: Matrix) {
    hidden.rows(continuing).setBlend(of: previousHidden, and: candidate.rows(continuing), by: gate.rows(continuing))
    hidden.rows(starting).setRows(of: candidate.rows(starting), times: gate.rows(starting))
  }

  /// The way back through `blend`.
  /// - Parameters:
  ///   - dHidden: ∂L/∂h(t), but for what the step after has put into `carry`; becomes ∂L/∂h(t).
  ///   - carry: becomes the direct part of ∂L/∂h(t−1).
  ///   - dGate: becomes ∂L/∂z.
  ///   - dCandidate: becomes ∂L/∂n.
  package func differentiateBlend(
    _ candidate: Matrix, _ gate: Matrix, dHidden: Matrix, carry: Matrix, dGate: Matrix, dCandidate: Matrix
  ) {
    dHidden.add(carry)
    dCandidate.setRows(of: dHidden, times: gate)
    dGate.setRows(of: dHidden, times: candidate)
    dGate.rows(continuing).subtract(dHidden.rows(continuing), times: previousHidden)
    carry.copy(from: dHidden)
    carry.subtract(dHidden, times: gate)
  }
}
