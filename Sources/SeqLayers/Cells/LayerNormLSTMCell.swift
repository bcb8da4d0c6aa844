package import SeqTensor

/// The LSTM with layer normalisation of Ba, Kiros and Hinton 2016, "Layer normalization", equations 20 to 22:
///
///     a = γ_x N(W x) + γ_h N(U h(t−1)) + b       N(v) = (v − mean v) / √(variance of v + 1e-5)
///     i, f, o = σ(a_i, a_f, a_o)   g = tanh a_g
///     c(t) = f c(t−1) + i g        h(t) = o tanh(γ_c N(c(t)) + b_c)
///
/// N is over all four gates of a row for W x and U h(t−1), and over its H units for c. The biases β of the paper's two
/// normalised products stand in b, to which they are added anyway.
///
/// Backward: that of the LSTM, with d(γ_c N(c) + b_c) = dh o (1 − tanh²) and through each N: dv = s (e − mean e −
/// N(v) mean (e N(v))), e = dN(v) and s = 1 / √(variance + 1e-5).
package struct LayerNormLSTMCell: PlainCell {
  package var gates: [String] { ["i", "f", "g", "o"] }
  package var biases: CellBiases { .none }
  package var keepsRecurrentProduct: Bool { true }
  package var scratches: Int { 3 }
  private let forgetBias: Float

  /// - Parameter forgetBias: where the forget gate's bias starts.
  package init(forgetBias: Double = 0) { self.forgetBias = Float(forgetBias) }

  private enum Memory: Int, CaseIterable {
    /// c, N(c) and tanh(γ_c N(c) + b_c), H columns each; the last makes room for the gradient of γ_c N(c) + b_c.
    case cell, normalizedCell, output
    /// N(W x), N(U h(t−1)) and da, 4H columns each.
    case input, recurrent, sums
    /// The three factors s.
    case factors
  }

  private enum Parameter: Int, CaseIterable { case inputGain, recurrentGain, bias, cellGain, cellBias }

  package var memories: Int { Memory.allCases.count }

  package func memoryColumns(_ index: Int, hidden: Int) -> Int {
    switch Memory(rawValue: index) {
    case .input, .recurrent, .sums: 4 * hidden
    case .factors: 3
    default: hidden
    }
  }

  package func parameters(_ sizes: CellSizes) -> [CellParameter] {
    let h = sizes.hidden
    return [
      .vector("gain_ih", 4 * h, startingAs: .constant(1)), .vector("gain_hh", 4 * h, startingAs: .constant(1)),
      .vector("bias", 4 * h, startingAs: .raised(.zero, by: forgetBias, in: h..<2 * h)),
      .vector("gain_cell", h, startingAs: .constant(1)), .vector("bias_cell", h, startingAs: .zero),
    ]
  }

  package func activate(_ step: CellStep) {
    let (size, factors) = (step.hidden.columns, memory(.factors, step))
    let (x, u) = (memory(.input, step), memory(.recurrent, step))
    x.setNormalized(step.gates, epsilon: Self.epsilon, inverse: factors.columns(0..<1))
    u.setNormalized(step.recurrent, epsilon: Self.epsilon, inverse: factors.columns(1..<2))
    step.gates.fillRows(with: parameter(.bias, step))
    step.gates.add(x, times: parameter(.inputGain, step))
    step.gates.add(u, times: parameter(.recurrentGain, step))
    step.gates.columns(0..<2 * size).setSigmoid(of: step.gates.columns(0..<2 * size))
    step.gate(2).setGateTanh(of: step.gate(2))
    step.gate(3).setSigmoid(of: step.gate(3))

    let (c, normalized, t) = (memory(.cell, step), memory(.normalizedCell, step), memory(.output, step))
    c.setRows(of: step.gate(0), times: step.gate(2))
    if let before = step.previousMemory(Memory.cell.rawValue) {
      c.rows(step.continuing).add(before, times: step.gate(1).rows(step.continuing))
    }
    normalized.setNormalized(c, epsilon: Self.epsilon, inverse: factors.columns(2..<3))
    t.fillRows(with: parameter(.cellBias, step))
    t.add(normalized, times: parameter(.cellGain, step))
    t.setGateTanh(of: t)
    step.hidden.setRows(of: t, times: step.gate(3))
  }

  package func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let (dCell, factors) = (gradient.carry, memory(.factors, step))
    differentiateOutput(step, dHidden, dCell, gradient.scratch(0), factors.columns(2..<3))
    let (i, f, g) = (step.gate(0), step.gate(1), step.gate(2))
    let (dInput, dForget) = (gradient.scratch(0), gradient.scratch(1))
    dInput.setRows(of: dCell, times: g)
    dForget.fill(0)
    if let before = step.previousMemory(Memory.cell.rawValue) {
      dForget.rows(step.continuing).setRows(of: dCell.rows(step.continuing), times: before)
    }
    gradient.scratch(2).setRows(of: dCell, times: i)
    g.setTanhGradient(gradient.scratch(2), at: g)
    i.setSigmoidGradient(dInput, at: i)
    dCell.setRows(of: dCell, times: f)
    f.setSigmoidGradient(dForget, at: f)
    differentiateProducts(step, factors)
  }

  /// do in place of o, and into `dCell` what h(t) hands to c(t).
  private func differentiateOutput(
    _ step: CellStep, _ dHidden: Matrix, _ dCell: Matrix, _ dNormalized: Matrix, _ factor: Matrix
  ) {
    let (o, t, normalized) = (step.gate(3), memory(.output, step), memory(.normalizedCell, step))
    dNormalized.setRows(of: dHidden, times: o)
    dHidden.setRows(of: dHidden, times: t)
    o.setSigmoidGradient(dHidden, at: o)
    t.setTanhGradient(dNormalized, at: t)
    dNormalized.setRows(of: t, times: parameter(.cellGain, step))
    dNormalized.setNormalizedGradient(dNormalized, at: normalized, inverse: factor)
    dCell.add(dNormalized)
  }

  /// From da in `gates` to the gradients of U h(t−1) in `recurrent` and W x in `gates`.
  private func differentiateProducts(_ step: CellStep, _ factors: Matrix) {
    let (a, sums) = (step.gates, memory(.sums, step))
    sums.copy(from: a)
    step.recurrent.setRows(of: sums, times: parameter(.recurrentGain, step))
    step.recurrent.setNormalizedGradient(
      step.recurrent, at: memory(.recurrent, step), inverse: factors.columns(1..<2))
    a.setRows(of: sums, times: parameter(.inputGain, step))
    a.setNormalizedGradient(a, at: memory(.input, step), inverse: factors.columns(0..<1))
  }

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    let sums = trace.memory(Memory.sums.rawValue)
    let output = trace.memory(Memory.output.rawValue)
    switch Parameter(rawValue: parameter) {
    case .inputGain:
      trace.setFactorGradient(target, sums, now: trace.memory(Memory.input.rawValue), adding: adding)
    case .recurrentGain:
      trace.setFactorGradient(target, sums, now: trace.memory(Memory.recurrent.rawValue), adding: adding)
    case .bias: target.setColumnSums(of: sums, adding: adding)
    case .cellGain:
      trace.setFactorGradient(target, output, now: trace.memory(Memory.normalizedCell.rawValue), adding: adding)
    case .cellBias: target.setColumnSums(of: output, adding: adding)
    case nil: preconditionFailure("no such parameter")
    }
  }

  private func memory(_ memory: Memory, _ step: CellStep) -> Matrix { step.memory(memory.rawValue) }

  private func parameter(_ parameter: Parameter, _ step: CellStep) -> Matrix { step.parameter(parameter.rawValue) }

  private static let epsilon: Float = 1e-5
}
