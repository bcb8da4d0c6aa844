package import SeqTensor

/// A recurrent cell: what one step computes, and the derivative of that.
///
/// The sweep over time, directions and packing, the products with W and U and their gradients are written once, in
/// `DirectionPass` and `CellBuffers`. A new cell is one file that conforms to `PlainCell`; Elman, LSTM and GRU have
/// kernels of their own.
///
/// The cell says how many matrices its sweep keeps and how wide they are. Where a function takes sizes, they are those of
/// the layer.
package protocol RecurrentCell: Sendable {
  /// The gates in the order of their rows in the weights, such as i, f, g, o.
  var gates: [String] { get }
  /// Gates, from the first, that U is for: U is [that · H, H] and is applied to h(t−1). With 0 there is no U.
  var recurrentGates: Int { get }
  /// Whether the last gate has no part in W and takes x itself, which is as wide as h.
  func takesInput(_ sizes: CellSizes) -> Bool
  /// Which biases the products with W and U have.
  var biases: CellBiases { get }
  /// What the cell owns beside W, U and their biases, in the order by which its steps name them.
  func parameters(_ sizes: CellSizes) -> [CellParameter]
  /// Matrices with a row for each row of the batch that a step leaves behind beside h: the LSTM's c and tanh c.
  var memories: Int { get }
  /// The columns of such a memory.
  func memoryColumns(_ index: Int, hidden: Int) -> Int
  /// Columns of what goes back from step to step beside the gates: see `StepGradient.carry`.
  func carryColumns(hidden: Int) -> Int
  /// Whether memory 0 goes on from step to step, as the LSTM's c does; then the carry begins with ∂L/∂ that memory.
  var carriesMemory: Bool { get }
  /// Whether the carry holds a part of ∂L/∂h, as a GRU's does, and not of something else, such as ∂L/∂c.
  var carriesHiddenGradient: Bool { get }
  /// The columns of the carry that hold a part of ∂L/∂h; nil if none do.
  func carriedHidden(hidden: Int) -> Range<Int>?
  /// Whether h is the value of the only gate, which is kept nowhere else.
  var gateIsState: Bool { get }
  /// [n, H] matrices that the way back through a step needs for itself.
  var scratches: Int { get }
  /// Whether U h(t−1) + b′ must be kept apart from W x + b, because the gate function uses it on its own.
  var keepsRecurrentProduct: Bool { get }
  /// How Uᵀ is packed for `forward`.
  var recurrentPacking: Packing { get }
  /// Added to where the biases of these gates start.
  var startingBiases: [(gate: Int, value: Float)] { get }

  /// From W x + b and the state of step t − 1 to h(t), for all rows of step t.
  func forward(_ step: CellStep)

  /// From ∂L/∂h(t) to the gradient of the pre-activations, in place of the activations.
  func backward(_ step: CellStep, _ gradient: StepGradient)

  /// Sets (or, if `adding`, adds to) rows of the gradient of one of the cell's own parameters, from what the sweeps forth
  /// and back have left behind.
  /// - Parameters:
  ///   - parameter: its index in `parameters`.
  ///   - rows: those of the parameter that `target` holds; a vector is one row.
  func accumulate(_ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool)
}

extension RecurrentCell {
  package var recurrentGates: Int { gates.count }
  package func takesInput(_ sizes: CellSizes) -> Bool { false }
  package var biases: CellBiases { .both }
  package func parameters(_ sizes: CellSizes) -> [CellParameter] { [] }
  package func memoryColumns(_ index: Int, hidden: Int) -> Int { hidden }
  package func carryColumns(hidden: Int) -> Int { hidden }
  package var carriesHiddenGradient: Bool { false }
  package func carriedHidden(hidden: Int) -> Range<Int>? { carriesHiddenGradient ? 0..<hidden : nil }
  package var carriesMemory: Bool { memories > 0 && !carriesHiddenGradient }
  package var gateIsState: Bool { false }
  package var scratches: Int { 0 }
  package var startingBiases: [(gate: Int, value: Float)] { [] }

  package func accumulate(
    _ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool
  ) {
    preconditionFailure("a cell with parameters of its own and no gradient for them")
  }
}

/// Features of a row of input, and units of one direction.
package struct CellSizes: Sendable, Hashable {
  package let input: Int
  package let hidden: Int

  package init(input: Int, hidden: Int) {
    self.input = input
    self.hidden = hidden
  }
}

/// Which biases a cell has beside its own parameters.
package enum CellBiases: Sendable {
  /// b with W and b′ with U, as in PyTorch.
  case both
  /// b with W: the sum of both.
  case input
  case none
}

/// A tensor that a cell owns for each direction beside W, U and their biases.
package struct CellParameter: Sendable {
  /// Without the prefix and the layer: `peephole_i` becomes `rnn.peephole_i_l0`.
  package let name: String
  /// nil for a vector.
  package let rows: Int?
  package let columns: Int
  /// nil for uniform in ±1/√H, as W and U start.
  package let initialization: Initialization?

  /// A vector.
  package static func vector(_ name: String, _ count: Int, startingAs start: Initialization? = nil) -> CellParameter {
    CellParameter(name: name, rows: nil, columns: count, initialization: start)
  }

  /// A matrix M for products x · Mᵀ, packed for both ways.
  package static func matrix(_ name: String, rows: Int, columns: Int) -> CellParameter {
    CellParameter(name: name, rows: rows, columns: columns, initialization: nil)
  }
}
