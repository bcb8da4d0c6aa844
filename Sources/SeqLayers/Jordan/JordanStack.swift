package import SeqTensor

/// A Jordan layer on top of Elman layers, with dropout between them.
///
/// Only the top layer has the network's output to feed back; what is below it is recurrent through its hidden units.
package struct JordanStack: SequenceLayer {
  let lower: RecurrentStack?
  let top: JordanLayer
  private let dropout: Double

  package var inputSize: Int { lower?.inputSize ?? top.inputSize }
  package var outputSize: Int { top.outputSize }
  package var stateSize: Int { (lower?.stateSize ?? 0) + top.stateSize }
  package var gradientBlocks: [GradientBlock] { (lower?.gradientBlocks ?? []) + top.gradientBlocks }

  /// - Parameters:
  ///   - depth: layers, the Jordan layer included.
  ///   - between: the rate of dropout on the output of every layer but the last.
  ///   - output: the rate of dropout on the last layer's h(t), where V reads it.
  /// - Precondition: `depth` > 0.
  package init(
    name: String, inputSize: Int, hiddenSize: Int, depth: Int, classes: Int, feedback: OutputFeedback,
    isBidirectional: Bool, between: Double, output: Double, layout: inout ParameterLayout
  ) {
    precondition(depth > 0, "a stack of no layers")
    lower =
      depth == 1
      ? nil
      : RecurrentStack(
        name: name, cell: ElmanCell(), inputSize: inputSize, hiddenSize: hiddenSize, depth: depth - 1,
        isBidirectional: isBidirectional, dropout: between, layout: &layout)
    top = JordanLayer(
      name: name, index: depth - 1, inputSize: lower?.outputSize ?? inputSize, hiddenSize: hiddenSize,
      classes: classes, feedback: feedback, isBidirectional: isBidirectional, dropout: output, layout: &layout)
    dropout = between
  }

  package func makePass(_ team: WorkerTeam) -> any SequencePass {
    JordanStackPass(
      lower: lower?.makePass(team), lowerState: lower?.stateSize ?? 0, top: JordanPass(top, team),
      dropout: DropoutPass(rate: dropout, name: "jordan-input"),
      topSlots: Set(top.gradientBlocks.map(\.slot.index)))
  }

  /// What looking up tokens of an embedding in the first layer's projections of it takes.
  package func tokenTables(of embedding: ParameterSlot) -> [TokenTable] {
    lower?.layers[0].tokenTables(of: embedding) ?? top.tokenTables(of: embedding)
  }
}

private final class JordanStackPass: SequencePass, TeacherForcedPass, TracedPass {
  /// The lower layers' first.
  var state: Matrix? {
    didSet {
      lower?.state = state?.columns(0..<lowerState)
      top.state = state.map { $0.columns(lowerState..<$0.columns) }
    }
  }
  private let lower: (any SequencePass)?
  private let lowerState: Int
  private let top: JordanPass
  private let dropout: DropoutPass
  private let topSlots: Set<Int>

  init(
    lower: (any SequencePass)?, lowerState: Int, top: JordanPass, dropout: DropoutPass, topSlots: Set<Int>
  ) {
    self.lower = lower
    self.lowerState = lowerState
    self.top = top
    self.dropout = dropout
    self.topSlots = topSlots
  }

  func setTeacher(_ labels: Span<Int32>) { top.setTeacher(labels) }

  func forward(_ input: GatheredRows, shape: PackedShape, weights: Weights, mode: Mode) -> Matrix {
    guard let lower else { return top.forward(input, shape: shape, weights: weights, mode: mode) }
    let states = lower.forward(input, shape: shape, weights: weights, mode: mode)
    return top.forward(
      GatheredRows(dropout.forward(states, mode: mode)), shape: shape, weights: weights, mode: mode)
  }

  func backward(_ dOutput: Matrix, weights: Weights) -> Matrix {
    let dInput = top.backward(dOutput, weights: weights)
    guard let lower else { return dInput }
    dropout.backward(dInput)
    return lower.backward(dInput, weights: weights)
  }

  private var traced: [any TracedPass] { [lower as? any TracedPass, top].compactMap { $0 } }

  func startTracing() { for pass in traced { pass.startTracing() } }

  var traces: [[SweepTrace]] { traced.flatMap(\.traces) }

  func recurrentMatrices(_ weights: Weights) -> [[[(gate: String, elements: [Float])]]] {
    traced.flatMap { $0.recurrentMatrices(weights) }
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    if let lower, !topSlots.contains(block.slot.index) {
      lower.accumulate(block, into: gradient, adding: adding)
    } else {
      top.accumulate(block, into: gradient, adding: adding)
    }
  }
}
