package import SeqTensor

/// What leads past the layers of a stack, from the second one.
package enum StackConnections: String, Sendable, CaseIterable {
  case none, residual, highway
}

/// Layers on top of each other, with dropout between them and, if asked for, connections past them.
package struct RecurrentStack: SequenceLayer {
  package let layers: [RecurrentLayer]
  /// Past each layer but the first, whose input is not as wide as its output; empty for none.
  package let connections: [LayerConnection]
  /// Dropout on the input of every layer but the first. What passes a layer by is not dropped.
  package let dropout: Double
  /// Whether the steps of a sequence have one mask.
  package let isLocked: Bool

  package var inputSize: Int { layers[0].inputSize }
  package var outputSize: Int { layers[layers.count - 1].outputSize }
  package var stateSize: Int { layers.reduce(0) { $0 + $1.stateSize } }
  package var gradientBlocks: [GradientBlock] {
    layers.flatMap(\.gradientBlocks) + connections.flatMap(\.gradientBlocks)
  }

  /// - Precondition: `depth` > 0.
  package init(
    name: String, cell: any RecurrentCell, inputSize: Int, hiddenSize: Int, depth: Int, isBidirectional: Bool,
    connections: StackConnections = .none, dropout: Double, isLocked: Bool = false, noise: StateNoise = StateNoise(),
    layout: inout ParameterLayout
  ) {
    precondition(depth > 0, "a stack of no layers")
    var layers: [RecurrentLayer] = []
    for index in 0..<depth {
      layers.append(
        RecurrentLayer(
          name: name, index: index, cell: cell, inputSize: layers.last?.outputSize ?? inputSize,
          hiddenSize: hiddenSize, isBidirectional: isBidirectional, noise: noise, layout: &layout))
    }
    self.layers = layers
    self.dropout = dropout
    self.isLocked = isLocked
    var past: [LayerConnection] = []
    for (index, layer) in layers.enumerated().dropFirst() {
      switch connections {
      case .none: break
      case .residual: past.append(.residual)
      case .highway: past.append(.highway(name: name, index: index, size: layer.outputSize, layout: &layout))
      }
    }
    self.connections = past
  }

  package func makePass(_ team: WorkerTeam) -> any SequencePass { StackPass(self, team) }
}

private final class StackPass: SequencePass, TracedPass {
  /// Layer after layer.
  var state: Matrix? { didSet { shareOut() } }
  private let stateSizes: [Int]
  private let passes: [any SequencePass]
  /// Before each layer but the first.
  private let dropouts: [DropoutPass]
  /// Past each layer but the first, or none.
  private let connections: [ConnectionPass]
  /// What owns a parameter, by the slot's index.
  private let owners: [Int: any GradientSource]

  init(_ stack: RecurrentStack, _ team: WorkerTeam) {
    passes = stack.layers.map { $0.makePass(team) }
    stateSizes = stack.layers.map(\.stateSize)
    dropouts = stack.layers.indices.dropLast().map {
      DropoutPass(rate: stack.dropout, name: "between\($0)", isLocked: stack.isLocked)
    }
    connections = stack.connections.map { ConnectionPass($0, team) }
    var owners: [Int: any GradientSource] = [:]
    for (layer, pass) in zip(stack.layers, passes) {
      for block in layer.gradientBlocks { owners[block.slot.index] = pass }
    }
    for (connection, pass) in zip(stack.connections, connections) {
      for block in connection.gradientBlocks { owners[block.slot.index] = pass }
    }
    self.owners = owners
  }

  private func shareOut() {
    var start = 0
    for (pass, size) in zip(passes, stateSizes) {
      pass.state = state?.columns(start..<start + size)
      start += size
    }
  }

  func forward(_ input: GatheredRows, shape: PackedShape, weights: Weights, mode: Mode) -> Matrix {
    var rows = passes[0].forward(input, shape: shape, weights: weights, mode: mode)
    for i in 1..<passes.count {
      let dropped = dropouts[i - 1].forward(rows, shape: shape, mode: mode)
      let inner = passes[i].forward(GatheredRows(dropped), shape: shape, weights: weights, mode: mode)
      rows = connections.isEmpty ? inner : connections[i - 1].forward(rows, inner: inner, weights: weights)
    }
    return rows
  }

  func backward(_ dOutput: Matrix, weights: Weights) -> Matrix {
    var dRows = dOutput
    for i in stride(from: passes.count - 1, to: 0, by: -1) {
      if !connections.isEmpty { dRows = connections[i - 1].backward(dRows, weights: weights) }
      dRows = passes[i].backward(dRows, weights: weights)
      dropouts[i - 1].backward(dRows)
      if !connections.isEmpty { connections[i - 1].addInput(to: dRows) }
    }
    return passes[0].backward(dRows, weights: weights)
  }

  private var traced: [any TracedPass] { passes.compactMap { $0 as? any TracedPass } }

  func startTracing() { for pass in traced { pass.startTracing() } }

  var traces: [[SweepTrace]] { traced.flatMap(\.traces) }

  func recurrentMatrices(_ weights: Weights) -> [[[(gate: String, elements: [Float])]]] {
    traced.flatMap { $0.recurrentMatrices(weights) }
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    guard let owner = owners[block.slot.index] else { preconditionFailure("\(block.slot.name) is not in this stack") }
    owner.accumulate(block, into: gradient, adding: adding)
  }
}
