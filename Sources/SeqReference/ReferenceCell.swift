/// A recurrent cell, as its equations say it, under its name in a config; Elman's with its activation.
///
/// Each direction of a layer has `weight_ih` W and `weight_hh` U, with one block of H rows a gate in the order that the
/// step names, their biases b and b′, and what a cell has beside them.
package struct ReferenceCell: Sendable, Hashable, RawRepresentable, CaseIterable, CustomStringConvertible {
  typealias Step = (Vector, ReferenceState) -> ReferenceState

  package let rawValue: String
  /// Whether it has c beside h.
  let carriesMemory: Bool
  /// The function from x(t) and the state of step t − 1 to the state of step t.
  let step: @Sendable (CellTensors) -> Step

  init(_ name: String, carriesMemory: Bool = false, _ step: @escaping @Sendable (CellTensors) -> Step) {
    (rawValue, self.carriesMemory, self.step) = (name, carriesMemory, step)
  }

  /// Each family has its list beside the equations.
  package static let allCases = elman + lstms + gated

  package init?(rawValue: String) {
    guard let cell = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = cell
  }

  /// The cell of a config. - Parameter activation: of an Elman cell.
  package init?(named name: String, activation: String) {
    self.init(rawValue: name == "elman" ? "elman-\(activation)" : name)
  }

  package var description: String { rawValue }

  package static func == (a: ReferenceCell, b: ReferenceCell) -> Bool { a.rawValue == b.rawValue }
  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension ReferenceCell {
  package static let elmanTanh = ReferenceCell("elman-tanh") { elmanStep($0, tanhOf) }
  package static let elmanReLU = ReferenceCell("elman-relu") { elmanStep($0) { max(0, $0) } }
  package static let elmanSigmoid = ReferenceCell("elman-sigmoid") { elmanStep($0, sigmoid) }
  fileprivate static let elman = [elmanTanh, elmanReLU, elmanSigmoid]

  /// h(t) = f(W x + b + U h(t−1) + b′)
  private static func elmanStep(_ tensors: CellTensors, _ f: @escaping (Double) -> Double) -> Step {
    let (w, u, b, bPrime) = tensors.pytorch
    return { x, state in
      let a = sum(sum(product(w, x), b), sum(product(u, state.seen), bPrime))
      return ReferenceState(hidden: a.map(f))
    }
  }
}

/// The tensors of one direction of one layer.
struct CellTensors {
  let parameters: ReferenceParameters
  let prefix: String
  /// `l0`, `l0_reverse`, `l1` …
  let suffix: String
  /// I and H.
  let input: Int
  let hidden: Int

  subscript(name: String) -> [Double] { parameters["\(prefix).\(name)_\(suffix)"] }

  /// W, U, b and b′.
  var pytorch: ([Double], [Double], [Double], [Double]) {
    (self["weight_ih"], self["weight_hh"], self["bias_ih"], self["bias_hh"])
  }

  /// The part of a vector, or of a matrix's rows of `width` elements, that belongs to gate `index`.
  func gate(_ index: Int, of tensor: [Double], width: Int = 1) -> [Double] {
    Array(tensor[index * hidden * width..<(index + 1) * hidden * width])
  }
}

/// What a cell carries from step to step.
package struct ReferenceState: Sendable {
  package var hidden: Vector
  /// h as U sees it, if dropout makes that another.
  package var multiplied: Vector?
  /// c of an LSTM; other cells have none.
  package var cell: Vector = []
  /// i, f and o, for the cell whose gates see those of the step before.
  package var gates: [Vector] = []

  var seen: Vector { multiplied ?? hidden }

  package init(hidden: Vector, cell: Vector = [], gates: [Vector] = []) {
    self.hidden = hidden
    self.cell = cell
    self.gates = gates
  }

  /// The state before the first step.
  package init(size: Int) {
    let zero = Vector(repeating: 0, count: size)
    self.init(hidden: zero, cell: zero, gates: [zero, zero, zero])
  }
}
