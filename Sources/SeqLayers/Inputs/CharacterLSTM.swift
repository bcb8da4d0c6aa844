package import SeqTensor

/// The last states of an LSTM over a word's characters in both directions (Lample et al. 2016; Ling et al. 2015).
package struct CharacterLSTM: CharacterEncoder {
  let characters: ParameterSlot  // [characters, E]
  let layer: RecurrentLayer

  package var outputSize: Int { layer.outputSize }
  package var gradientBlocks: [GradientBlock] { GradientBlock.blocks(of: characters) + layer.gradientBlocks }

  /// - Parameters:
  ///   - name: the prefix of the parameters' names: `<name>.embedding.weight`, `<name>.weight_ih_l0` …
  ///   - count: characters, padding and unknown included.
  ///   - hidden: units of one direction.
  package init(name: String, count: Int, embedding: Int, hidden: Int, layout: inout ParameterLayout) {
    characters = layout.addCharacters(name, count: count, size: embedding)
    layer = RecurrentLayer(
      name: name, cell: LSTMCell(), inputSize: embedding, hiddenSize: hidden, isBidirectional: true, layout: &layout)
  }

  package func makePass(_ team: WorkerTeam) -> any CharacterPass { CharacterLSTMPass(self, team) }
}

private final class CharacterLSTMPass: CharacterPass {
  private let table: CharacterTable
  private let layer: any SequencePass
  private let lastState: any PoolingPass

  init(_ encoder: CharacterLSTM, _ team: WorkerTeam) {
    table = CharacterTable(encoder.characters)
    layer = encoder.layer.makePass(team)
    lastState = LastStatePooling(hiddenSize: encoder.layer.hiddenSize).makePass()
  }

  func forward(_ characters: Span<Int32>, shape: PackedShape, weights: Weights, mode: Mode) -> Matrix {
    let rows = table.forward(characters, weights: weights)
    let states = layer.forward(rows, shape: shape, weights: weights, mode: mode)
    return lastState.forward(states, shape: shape, weights: weights)
  }

  func backward(_ dOutput: Matrix, weights: Weights) {
    table.backward(layer.backward(lastState.backward(dOutput, weights: weights), weights: weights))
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    if table.accumulate(block, into: gradient, adding: adding) { return }
    layer.accumulate(block, into: gradient, adding: adding)
  }
}
