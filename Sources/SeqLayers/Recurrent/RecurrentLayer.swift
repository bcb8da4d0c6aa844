package import SeqTensor

/// One layer of recurrent cells in one direction or two; with two, a row of output is [forward h, backward h].
package struct RecurrentLayer: SequenceLayer {
  package let inputSize: Int
  package let hiddenSize: Int
  package let cell: any RecurrentCell
  /// Forward, and backward if the layer has two directions.
  package let directions: [RecurrentParameters]
  package let noise: StateNoise

  package var outputSize: Int { directions.count * hiddenSize }
  /// Of one direction: h and the memories of the cell. A state cannot come from both ends.
  package var stateSize: Int {
    guard directions.count == 1 else { return 0 }
    return (0..<cell.memories).reduce(hiddenSize) { $0 + cell.memoryColumns($1, hidden: hiddenSize) }
  }
  package var gradientBlocks: [GradientBlock] { directions.flatMap(\.gradientBlocks) }

  /// - Parameters:
  ///   - name: the prefix of the parameters' names, such as `rnn`.
  ///   - index: the layer's number, from 0, which ends the names: `rnn.weight_ih_l0`.
  package init(
    name: String, index: Int = 0, cell: any RecurrentCell, inputSize: Int, hiddenSize: Int, isBidirectional: Bool,
    noise: StateNoise = StateNoise(), layout: inout ParameterLayout
  ) {
    self.inputSize = inputSize
    self.hiddenSize = hiddenSize
    self.cell = cell
    self.noise = noise
    var directions: [RecurrentParameters] = []
    for suffix in isBidirectional ? ["l\(index)", "l\(index)_reverse"] : ["l\(index)"] {
      directions.append(
        RecurrentParameters(
          prefix: name, suffix: suffix, cell: cell, inputSize: inputSize, hiddenSize: hiddenSize,
          layout: &layout))
    }
    self.directions = directions
  }

  package func makePass(_ team: WorkerTeam) -> any SequencePass { RecurrentPass(self, team) }

  /// What looking up tokens of an embedding in both directions' projections of it takes; none if W is not all of them.
  package func tokenTables(of embedding: ParameterSlot) -> [TokenTable] {
    directions.filter(\.projectsAllGates).map { parameters in
      TokenTable(
        embedding: embedding, weights: parameters.inputWeights, biases: parameters.projectionBiases(cell))
    }
  }
}

/// The directions of a layer do not wait for each other, so that two threads may take one each.
private final class RecurrentPass: SequencePass, TracedPass {
  private let layer: RecurrentLayer
  private let team: WorkerTeam
  private let directions: [DirectionPass]
  private let output = FloatBuffer(), dInput = FloatBuffer()
  private var input: GatheredRows

  var state: Matrix? {
    get { directions[0].state }
    set {
      precondition(newValue == nil || directions.count == 1, "a layer of two directions carries no state")
      directions[0].state = newValue
    }
  }

  init(_ layer: RecurrentLayer, _ team: WorkerTeam) {
    self.layer = layer
    self.team = team
    input = GatheredRows(output.matrix(rows: 0, columns: 0))
    directions = layer.directions.enumerated().map { index, parameters in
      DirectionPass(
        cell: layer.cell, parameters: parameters, hiddenSize: layer.hiddenSize, isReversed: index == 1,
        noise: layer.noise, team: team)
    }
  }

  func forward(_ input: GatheredRows, shape: PackedShape, weights: Weights, mode: Mode) -> Matrix {
    self.input = input
    let hidden = output.reserve(rows: shape.rows, columns: layer.outputSize)
    let (directions, size) = (directions, layer.hiddenSize)
    team.run(directions.count) { d in
      directions[d].forward(
        input, shape: shape, weights: weights, mode: mode, into: hidden.columns(d * size..<(d + 1) * size))
    }
    return hidden
  }

  func backward(_ dOutput: Matrix, weights: Weights) -> Matrix {
    let dInput = dInput.reserve(rows: input.table.rows, columns: layer.inputSize)
    let (directions, size) = (directions, layer.hiddenSize)
    team.run(directions.count) { d in
      directions[d].backward(dOutput.columns(d * size..<(d + 1) * size), weights: weights)
    }
    team.run(rows: dInput.rows) { rows in
      for (d, direction) in directions.enumerated() {
        direction.setInputGradient(dInput.rows(rows), rows, weights: weights, adding: d > 0)
      }
    }
    return dInput
  }

  func startTracing() { for direction in directions { direction.startTracing() } }

  var traces: [[SweepTrace]] { [directions.compactMap(\.kept)] }

  func recurrentMatrices(_ weights: Weights) -> [[[(gate: String, elements: [Float])]]] {
    [directions.map { $0.recurrentMatrices(weights) }]
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    for direction in directions where direction.accumulate(block, into: gradient, adding: adding) { return }
    preconditionFailure("\(block.slot.name) is not a parameter of this layer")
  }
}
