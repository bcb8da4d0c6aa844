import SeqTensor

/// Where one direction has its weights.
struct JordanParameters: Sendable {
  /// U [H, I]
  let inputWeights: ParameterSlot
  /// W [H, C]
  let feedbackWeights: ParameterSlot
  /// b [H]
  let hiddenBias: ParameterSlot
  /// V [C, H]
  let outputWeights: ParameterSlot
  /// c [C]
  let outputBias: ParameterSlot

  init(
    prefix: String, suffix: String, inputSize: Int, hiddenSize: Int, classes: Int, layout: inout ParameterLayout
  ) {
    let start = Initialization.uniform(1 / Float(hiddenSize).squareRoot())
    inputWeights = layout.addMatrix(
      "\(prefix).weight_ih_\(suffix)", rows: hiddenSize, columns: inputSize, initialization: start)
    feedbackWeights = layout.addMatrix(
      "\(prefix).weight_yh_\(suffix)", rows: hiddenSize, columns: classes, initialization: start)
    hiddenBias = layout.addVector("\(prefix).bias_h_\(suffix)", count: hiddenSize, initialization: start)
    outputWeights = layout.addMatrix(
      "\(prefix).weight_hy_\(suffix)", rows: classes, columns: hiddenSize, initialization: start)
    outputBias = layout.addVector("\(prefix).bias_y_\(suffix)", count: classes, initialization: start)
  }

  var gradientBlocks: [GradientBlock] {
    [inputWeights, feedbackWeights, hiddenBias, outputWeights, outputBias].flatMap { GradientBlock.blocks(of: $0) }
  }
}
