package import SeqLayers
package import SeqTensor

/// A network of one topology: embedding → encoder → (pooling) → softmax head.
///
/// | task | encoder gives | junction | head |
/// |---|---|---|---|
/// | many-to-one | rows | pooling | scores a sequence |
/// | many-to-many, equal | rows | – | scores a row |
package struct SequenceModel: Network {
  package let task: SequenceTask
  package let layout: ParameterLayout
  /// [V, E]; its gradient is sparse: see `EmbeddingGradient`.
  package let embedding: ParameterSlot
  package let encoder: any SequenceLayer
  package let pooling: (any Pooling)?
  package let head: SoftmaxHead
  package let dropout: DropoutSettings
  /// Every block of every dense parameter's gradient, with the part of the model it belongs to.
  package let gradientTasks: [GradientTask]

  /// - Parameters:
  ///   - vocabularySize: V, special symbols included.
  ///   - classes: labels or tags.
  package init(task: SequenceTask, settings: ModelSettings, vocabularySize: Int, classes: Int) {
    var layout = ParameterLayout()
    self.task = task
    dropout = settings.dropout
    embedding = layout.addMatrix(
      "embedding.weight", rows: vocabularySize, columns: settings.embedding, initialization: .normal(deviation: 0.1),
      packing: nil)
    let stack = RecurrentStack(
      name: "rnn", cell: settings.makeCell(), inputSize: settings.embedding, hiddenSize: settings.hidden,
      depth: settings.layers, isBidirectional: settings.isBidirectional, dropout: settings.dropout.between,
      layout: &layout)
    encoder = stack
    for table in stack.layers[0].tokenTables(of: embedding) { layout.addTokenTable(table) }
    pooling = task == .classification ? settings.makePooling(size: stack.outputSize, layout: &layout) : nil
    head = SoftmaxHead(name: "output", inputSize: stack.outputSize, classes: classes, layout: &layout)
    self.layout = layout
    gradientTasks =
      stack.gradientBlocks.map { GradientTask(part: .encoder, block: $0) }
      + (pooling?.gradientBlocks ?? []).map { GradientTask(part: .pooling, block: $0) }
      + head.gradientBlocks.map { GradientTask(part: .head, block: $0) }
  }

  package func makePass(_ team: WorkerTeam = WorkerTeam(width: 1)) -> ModelPass { ModelPass(self, team) }
}

extension ModelSettings {
  func makeCell() -> any RecurrentCell {
    switch cell {
    case .elman:
      switch activation {
      case .tanh: ElmanCell(activation: .tanh)
      case .relu: ElmanCell(activation: .relu)
      case .sigmoid: ElmanCell(activation: .sigmoid)
      }
    case .lstm: LSTMCell()
    case .gru: GRUCell()
    }
  }

  func makePooling(size: Int, layout: inout ParameterLayout) -> any Pooling {
    switch pooling {
    case .last: LastStatePooling(hiddenSize: hidden)
    case .mean: MeanPooling()
    case .max: MaxPooling()
    case .attention: AttentionPooling(name: "attention", size: size, layout: &layout)
    }
  }
}
