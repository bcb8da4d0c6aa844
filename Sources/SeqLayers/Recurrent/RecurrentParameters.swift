package import SeqTensor

/// Where one direction of one layer has its weights, under PyTorch's names.
package struct RecurrentParameters: Sendable {
  /// W [G·H, I]
  package let inputWeights: ParameterSlot
  /// U [G·H, H]
  package let recurrentWeights: ParameterSlot
  /// b [G·H]
  package let inputBias: ParameterSlot
  /// b′ [G·H]
  package let recurrentBias: ParameterSlot

  /// - Parameter suffix: `l0`, `l0_reverse`, `l1` …
  init(
    prefix: String, suffix: String, cell: any RecurrentCell, inputSize: Int, hiddenSize: Int,
    layout: inout ParameterLayout
  ) {
    let rows = cell.gates.count * hiddenSize
    let start = Initialization.uniform(1 / Float(hiddenSize).squareRoot())
    inputWeights = layout.addMatrix(
      "\(prefix).weight_ih_\(suffix)", rows: rows, columns: inputSize, initialization: start)
    recurrentWeights = layout.addMatrix(
      "\(prefix).weight_hh_\(suffix)", rows: rows, columns: hiddenSize, initialization: start,
      packing: cell.recurrentPacking)
    inputBias = layout.addVector("\(prefix).bias_ih_\(suffix)", count: rows, initialization: start)
    recurrentBias = layout.addVector("\(prefix).bias_hh_\(suffix)", count: rows, initialization: start)
  }

  var gradientBlocks: [GradientBlock] {
    [inputWeights, recurrentWeights, inputBias, recurrentBias].flatMap { GradientBlock.blocks(of: $0) }
  }
}
