package import SeqTensor

/// A recurrent cell: what one step computes, and the derivative of that.
///
/// The sweep over time, directions and packing, the product with W and all weight gradients are written once, in
/// `DirectionPass`. A new cell is one file that conforms to `PlainCell`; Elman, LSTM and GRU have kernels of their own.
package protocol RecurrentCell: Sendable {
  /// The gates in the order of their rows in the weights, such as i, f, g, o.
  var gates: [String] { get }
  /// [rows, H] matrices that a step leaves behind beside h: the LSTM's c and tanh c.
  var memories: Int { get }
  /// Whether memory 0 goes on from step to step, as the LSTM's c does; then the carry of its gradients is ∂L/∂ that memory,
  /// else the direct part of ∂L/∂h.
  var carriesMemory: Bool { get }
  /// Whether U h(t−1) + b′ must be kept apart from W x + b, because the gate function uses it on its own.
  var keepsRecurrentProduct: Bool { get }
  /// How Uᵀ is packed for `forward`.
  var recurrentPacking: Packing { get }

  /// From W x + b and the state of step t − 1 to h(t), for all rows of step t.
  func forward(_ step: CellStep)

  /// From ∂L/∂h(t) to the gradient of the pre-activations, in place of the activations.
  func backward(_ step: CellStep, _ gradient: StepGradient)
}

extension RecurrentCell {
  package var carriesMemory: Bool { memories > 0 }
}

/// What a cell sees of one step of a sweep: n sequences, of which the first p also ran at the step visited before.
package struct CellStep {
  /// [n, G·H]: W x + b, and b′ too unless it is kept apart. Its rows may be `gates`.
  package let projected: GatheredRows
  /// [n, G·H]: activations after `forward`, gradients after `backward`.
  package let gates: Matrix
  /// [n, G·H]: the place of U h(t−1) + b′ and its gradient, if the cell keeps it apart; else empty.
  package let recurrent: Matrix
  /// [p, H]: h(t−1).
  package let previousHidden: Matrix
  /// [n, H]: h(t).
  package let hidden: Matrix
  /// Uᵀ, packed as the cell asks for.
  package let recurrentWeights: PackedMatrix
  /// b′ [1, G·H], if the cell keeps it apart.
  package let recurrentBias: Matrix?
  /// The sweep's memories over all rows, and where this step and its predecessor lie in them.
  let memories: [Matrix]
  let now: Range<Int>
  let previous: Range<Int>

  /// [n, H]: memory `index` of this step.
  package func memory(_ index: Int) -> Matrix { memories[index].rows(now) }

  /// [p, H]: memory `index` of the step before, for those sequences that ran there; nil if none did.
  package func previousMemory(_ index: Int) -> Matrix? {
    previous.isEmpty ? nil : memories[index].rows(previous)
  }
}

/// What comes back to a step: the first f sequences also ran at the step visited after it.
package struct StepGradient {
  /// [n, H]: ∂L/∂h(t) from above.
  package let dOutput: Matrix
  /// [f, G·H]: ∂L/∂(U h(t) + b′) of the step after.
  package let following: Matrix
  /// U, packed in panels.
  package let recurrentWeights: PackedMatrix
  /// [n, H]: what a cell hands from step to step beside the gates: ∂L/∂c of an LSTM, the direct part of ∂L/∂h of a GRU.
  /// Zero at a sequence's last step.
  package let carry: Matrix
  /// [n, H]: scratch.
  package let scratch: Matrix
}
