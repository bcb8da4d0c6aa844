package import SeqLayers
package import SeqTensor

/// An encoder and a decoder: embedding → encoder → bridge and attention → decoder → softmax head.
package struct TransductionModel: Network {
  package var topology: Topology { .encoderDecoder }
  package let layout: ParameterLayout
  package let embedding: ParameterSlot
  package let encoder: any SequenceLayer
  package let bridge: Bridge
  package let decoder: AttentionalDecoder
  package let head: SoftmaxHead
  package let dropout: DropoutSettings
  package var recurrentDropout: Double { dropout.recurrent }
  package var wordDropout: Double { dropout.word }
  package let gradientTasks: [GradientTask]
  let encoderHidden: Int

  /// - Parameters:
  ///   - vocabularySize: of the sources, special symbols included.
  ///   - targetSize: of the targets, likewise: symbol 0 is the start and the end.
  ///   - settings: of another cell than Jordan's, which has no states for a decoder.
  /// - Precondition: with `dot`, the decoder is as wide as the encoder's rows.
  package init(settings: ModelSettings, vocabularySize: Int, targetSize: Int) {
    var layout = ParameterLayout()
    dropout = settings.dropout
    encoderHidden = settings.hidden
    embedding = layout.addMatrix(
      "embedding.weight", rows: vocabularySize, columns: settings.embedding,
      initialization: .normal(deviation: Float(settings.embeddingDeviation)), packing: nil)
    let stack = RecurrentStack(
      name: "rnn", cell: settings.makeCell() ?? LSTMCell(), inputSize: settings.embedding, hiddenSize: settings.hidden,
      depth: settings.layers, isBidirectional: settings.isBidirectional,
      connections: settings.stackConnections, dropout: settings.dropout.between, isLocked: settings.dropout.isLocked,
      noise: settings.dropout.noise,
      layout: &layout)
    for table in stack.layers[0].tokenTables(of: embedding) { layout.addTokenTable(table) }
    encoder = stack
    decoder = settings.makeDecoder(vocabulary: targetSize, memory: stack.outputSize, layout: &layout)
    bridge = Bridge(
      name: "bridge", inputSize: stack.outputSize, outputSize: decoder.stateSize, layout: &layout)
    head = SoftmaxHead(name: "output", inputSize: decoder.outputSize, classes: targetSize, layout: &layout)
    self.layout = layout
    gradientTasks =
      stack.gradientBlocks.map { GradientTask(part: .encoder, block: $0) }
      + bridge.gradientBlocks.map { GradientTask(part: .bridge, block: $0) }
      + decoder.gradientBlocks.map { GradientTask(part: .decoder, block: $0) }
      + head.gradientBlocks.map { GradientTask(part: .head, block: $0) }
  }

  package func makePass(_ team: WorkerTeam = WorkerTeam(width: 1)) -> TransductionPass { TransductionPass(self, team) }
}

extension ModelSettings {
  fileprivate func makeDecoder(vocabulary: Int, memory: Int, layout: inout ParameterLayout) -> AttentionalDecoder {
    var own = self
    own.cell = decoder.cell ?? cell
    let units = decoderUnits
    return AttentionalDecoder(
      name: "decoder", cell: own.makeCell() ?? LSTMCell(),
      sizes: .init(
        vocabulary: vocabulary, embedding: decoder.embedding ?? embedding,
        embeddingDeviation: embeddingDeviation, hidden: units,
        depth: decoder.layers ?? layers, memory: memory, attention: units),
      attention: decoder.attention.score, feedsInput: decoder.feedsInput,
      dropout: (dropout.input, dropout.between), layout: &layout)
  }
}

extension AttentionKind {
  fileprivate var score: AttentionScore? {
    switch self {
    case .none: nil
    case .dot: .dot
    case .general: .general
    case .additive: .additive
    }
  }
}
