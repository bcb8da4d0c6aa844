/// A recurrent cell, as its equations say it, under its name in a config; Elman's with its activation.
///
/// Each direction of a layer has `weight_ih` W and `weight_hh` U, with one block of H rows a gate in the order that the
/// step names, their biases b and b′, and what a cell has beside them.
package enum ReferenceCell: String, Sendable, CaseIterable {
  case elmanTanh = "elman-tanh"
  case elmanReLU = "elman-relu"
  case elmanSigmoid = "elman-sigmoid"
  case lstm
  case lstmPeephole = "lstm-peephole"
  case lstmNIG = "lstm-nig"
  case lstmNFG = "lstm-nfg"
  case lstmNOG = "lstm-nog"
  case lstmNIAF = "lstm-niaf"
  case lstmNOAF = "lstm-noaf"
  case lstmCIFG = "lstm-cifg"
  case lstmNP = "lstm-np"
  case lstmFGR = "lstm-fgr"
  case lstmLayerNorm = "lstm-layer-norm"
  case gru
  case gruResetBefore = "gru-reset-before"
  case mgu, mut1, mut2, mut3

  /// The cell of a config. - Parameter activation: of an Elman cell.
  package init?(named name: String, activation: String) {
    self.init(rawValue: name == "elman" ? "elman-\(activation)" : name)
  }

  /// Whether it has c beside h.
  var carriesMemory: Bool { rawValue.hasPrefix("lstm") }

  /// The function from x(t) and the state of step t − 1 to the state of step t.
  func step(_ tensors: CellTensors) -> (Vector, ReferenceState) -> ReferenceState {
    switch self {
    case .elmanTanh: elmanStep(tensors, tanhOf)
    case .elmanReLU: elmanStep(tensors) { max(0, $0) }
    case .elmanSigmoid: elmanStep(tensors, sigmoid)
    case .lstm, .lstmNP: lstmStep(tensors)
    case .lstmPeephole, .lstmNIG, .lstmNFG, .lstmNOG, .lstmNIAF, .lstmNOAF, .lstmCIFG, .lstmFGR: variantStep(tensors)
    case .lstmLayerNorm: layerNormStep(tensors)
    case .gru: gruStep(tensors)
    case .gruResetBefore: gruResetBeforeStep(tensors)
    case .mgu: mguStep(tensors)
    case .mut1: mut1Step(tensors)
    case .mut2: mut2Step(tensors)
    case .mut3: mut3Step(tensors)
    }
  }

  /// h(t) = f(W x + b + U h(t−1) + b′)
  private func elmanStep(
    _ tensors: CellTensors, _ f: @escaping (Double) -> Double
  ) -> (Vector, ReferenceState) -> ReferenceState {
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
