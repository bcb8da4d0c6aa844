package import SeqTensor

/// Layers on top of each other, with dropout between them.
package struct RecurrentStack: SequenceLayer {
  package let layers: [RecurrentLayer]
  /// Dropout on the output of every layer but the last.
  package let dropout: Double

  package var inputSize: Int { layers[0].inputSize }
  package var outputSize: Int { layers[layers.count - 1].outputSize }
  package var stateSize: Int { layers.reduce(0) { $0 + $1.stateSize } }
  package var gradientBlocks: [GradientBlock] { layers.flatMap(\.gradientBlocks) }

  /// - Precondition: `depth` > 0.
  package init(
    name: String, cell: any RecurrentCell, inputSize: Int, hiddenSize: Int, depth: Int, isBidirectional: Bool,
    dropout: Double, layout: inout ParameterLayout
  ) {
    precondition(depth > 0, "a stack of no layers")
    var layers: [RecurrentLayer] = []
    for index in 0..<depth {
      layers.append(
        RecurrentLayer(
          name: name, index: index, cell: cell, inputSize: layers.last?.outputSize ?? inputSize,
          hiddenSize: hiddenSize, isBidirectional: isBidirectional, layout: &layout))
    }
    self.layers = layers
    self.dropout = dropout
  }

  package func makePass(_ team: WorkerTeam) -> any SequencePass { StackPass(self, team) }
}

private final class StackPass: SequencePass {
  /// Layer after layer.
  var state: Matrix? { didSet { shareOut() } }
  private let stateSizes: [Int]
  private let passes: [any SequencePass]
  private let dropouts: [DropoutPass]
  /// Which pass owns a parameter, by the slot's index.
  private let owners: [Int: Int]

  init(_ stack: RecurrentStack, _ team: WorkerTeam) {
    passes = stack.layers.map { $0.makePass(team) }
    stateSizes = stack.layers.map(\.stateSize)
    dropouts = stack.layers.indices.dropLast().map { DropoutPass(rate: stack.dropout, name: "between\($0)") }
    var owners: [Int: Int] = [:]
    for (i, layer) in stack.layers.enumerated() { for block in layer.gradientBlocks { owners[block.slot.index] = i } }
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
    for (i, pass) in passes.enumerated() {
      if i > 0 { rows = pass.forward(GatheredRows(rows), shape: shape, weights: weights, mode: mode) }
      if i < dropouts.count { rows = dropouts[i].forward(rows, mode: mode) }
    }
    return rows
  }

  func backward(_ dOutput: Matrix, weights: Weights) -> Matrix {
    var dRows = dOutput
    for (i, pass) in passes.enumerated().reversed() {
      if i < dropouts.count { dropouts[i].backward(dRows) }
      dRows = pass.backward(dRows, weights: weights)
    }
    return dRows
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    guard let owner = owners[block.slot.index] else { preconditionFailure("\(block.slot.name) is not in this stack") }
    passes[owner].accumulate(block, into: gradient, adding: adding)
  }
}
