package import SeqTensor

/// Where one direction of one layer has its weights, under PyTorch's names.
package struct RecurrentParameters: Sendable {
  /// W [G·H, I]; one gate less if the last one takes x itself.
  package let inputWeights: ParameterSlot
  /// U [·, H], for all gates or the first ones; nil for none.
  package let recurrentWeights: ParameterSlot?
  /// b [G·H]
  package let inputBias: ParameterSlot?
  /// b′ [G·H]
  package let recurrentBias: ParameterSlot?
  /// The cell's own.
  package let own: [ParameterSlot]
  /// G·H
  let gateColumns: Int
  let sizes: CellSizes

  /// - Parameters:
  ///   - suffix: `l0`, `l0_reverse`, `l1` …
  ///   - projectsAllGates: whether W is for all gates even if the last one could take x itself.
  init(
    prefix: String, suffix: String, cell: any RecurrentCell, inputSize: Int, hiddenSize: Int,
    projectsAllGates: Bool = false, layout: inout ParameterLayout
  ) {
    // No gate takes an x of no width.
    sizes = CellSizes(input: projectsAllGates ? 0 : inputSize, hidden: hiddenSize)
    let takesInput = cell.takesInput(sizes)
    precondition(!takesInput || inputSize == hiddenSize, "x in the place of a gate that is not as wide")
    gateColumns = cell.gates.count * hiddenSize
    let start = Initialization.uniform(1 / Float(hiddenSize).squareRoot())
    inputWeights = layout.addMatrix(
      "\(prefix).weight_ih_\(suffix)", rows: gateColumns - (takesInput ? hiddenSize : 0), columns: inputSize,
      initialization: start)
    recurrentWeights =
      cell.recurrentGates == 0
      ? nil
      : layout.addMatrix(
        "\(prefix).weight_hh_\(suffix)", rows: cell.recurrentGates * hiddenSize, columns: hiddenSize,
        initialization: start, packing: cell.recurrentPacking)
    if let recurrentWeights { layout.addRecurrent(recurrentWeights) }
    let biasStart = cell.startingBiases.filter { $0.value != 0 }.reduce(start) { start, bias in
      .raised(start, by: bias.value, in: bias.gate * hiddenSize..<(bias.gate + 1) * hiddenSize)
    }
    inputBias =
      cell.biases == .none
      ? nil : layout.addVector("\(prefix).bias_ih_\(suffix)", count: gateColumns, initialization: biasStart)
    recurrentBias =
      cell.biases == .both
      ? layout.addVector("\(prefix).bias_hh_\(suffix)", count: gateColumns, initialization: start) : nil
    var own: [ParameterSlot] = []
    for parameter in cell.parameters(sizes) {
      let (name, start) = ("\(prefix).\(parameter.name)_\(suffix)", parameter.initialization ?? start)
      own.append(
        parameter.rows.map {
          layout.addMatrix(name, rows: $0, columns: parameter.columns, initialization: start)
        } ?? layout.addVector(name, count: parameter.columns, initialization: start))
    }
    self.own = own
  }

  /// What W x gets added before the steps: b, and b′ unless the cell keeps it apart.
  func projectionBiases(_ cell: any RecurrentCell) -> [ParameterSlot] {
    [inputBias, cell.keepsRecurrentProduct ? nil : recurrentBias].compactMap { $0 }
  }

  /// Whether W is for all gates.
  var projectsAllGates: Bool { inputWeights.rows == gateColumns }

  var gradientBlocks: [GradientBlock] {
    ([inputWeights, recurrentWeights, inputBias, recurrentBias].compactMap { $0 } + own)
      .flatMap { GradientBlock.blocks(of: $0) }
  }
}
