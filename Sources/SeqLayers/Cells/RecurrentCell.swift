package import SeqTensor

/// A recurrent cell: what one step computes from its gates, and the derivative of that.
///
/// The sweep over time, directions, packing and the products with W and U are written once, in `DirectionPass`; a cell
/// adds its gate function. A new cell is one file that conforms to this protocol.
package protocol RecurrentCell: Sendable {
  /// The gates in the order of their rows in the weights, such as i, f, g, o.
  var gates: [String] { get }
  /// [rows, H] matrices that a step leaves behind beside h: the LSTM's c and tanh c.
  var memories: Int { get }
  /// Whether U h(t−1) + b′ must be kept apart from W x + b, because the gate function uses it on its own.
  var keepsRecurrentProduct: Bool { get }
  /// Whether h(t−1) reaches h(t) also directly, not through the gates.
  var carriesHidden: Bool { get }

  /// From pre-activations to h(t), for all rows of step t.
  func forward(_ step: CellStep)

  /// From ∂L/∂h(t) to the gradient of the pre-activations, in their place. If the cell carries the hidden state, it
  /// leaves the direct part of ∂L/∂h(t−1) in `dHidden`.
  func backward(_ step: CellStep, dHidden: Matrix, dMemory: Matrix)
}

/// What a cell sees of one step of a sweep: views of the rows of step t.
package struct CellStep {
  /// [n, G·H]: W x + b (+ U h(t−1) + b′ unless kept apart); activations after `forward`, gradients after `backward`.
  package let gates: Matrix
  /// [n, G·H]: U h(t−1) + b′, if the cell keeps it apart; else empty.
  package let recurrent: Matrix
  /// [n, H]: h(t−1); zero for sequences that start here.
  package let previousHidden: Matrix
  /// [n, H]: h(t).
  package let hidden: Matrix
  /// The sweep's memories over all rows, and where this step and its predecessor lie in them.
  let memories: [Matrix]
  let now: Range<Int>
  let previous: Range<Int>

  /// [n, H]: memory `index` of this step.
  package func memory(_ index: Int) -> Matrix { memories[index].rows(now) }

  /// [p, H]: memory `index` of the step before, for the first p ≤ n rows, those that continue; nil if none does.
  package func previousMemory(_ index: Int) -> Matrix? {
    previous.isEmpty ? nil : memories[index].rows(previous)
  }
}
