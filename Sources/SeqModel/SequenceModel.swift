package import SeqCore
package import SeqLayers
package import SeqTensor

/// A network of one topology: embedding → encoder → (pooling) → softmax head.
///
/// | task | encoder gives | junction | head |
/// |---|---|---|---|
/// | many-to-one | rows | pooling | scores a sequence |
/// | many-to-many, equal | rows | – | scores a row |
package struct SequenceModel: Sendable {
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
  ///   - vocabularySize: V, the rows of the embedding: special symbols, start symbols and n-grams included.
  ///   - classes: labels, tags, or tokens to go on with.
  package init(task: SequenceTask, settings: ModelSettings, vocabularySize: Int, classes: Int) {
    var layout = ParameterLayout()
    self.task = task
    dropout = settings.dropout
    let isBag = task == .oneToOne
    // What was never seen adds nothing to a bag: so n-grams that only the data to come has do no harm.
    embedding = layout.addMatrix(
      "embedding.weight", rows: vocabularySize, columns: settings.embedding,
      initialization: isBag ? .zero : .normal(deviation: 0.1), packing: nil)
    encoder =
      isBag ? settings.makeBag(layout: &layout) : settings.makeStack(readingTokensOf: embedding, layout: &layout)
    pooling = task == .classification ? settings.makePooling(size: encoder.outputSize, layout: &layout) : nil
    head = SoftmaxHead(name: "output", inputSize: encoder.outputSize, classes: classes, layout: &layout)
    self.layout = layout
    gradientTasks =
      encoder.gradientBlocks.map { GradientTask(part: .encoder, block: $0) }
      + (pooling?.gradientBlocks ?? []).map { GradientTask(part: .pooling, block: $0) }
      + head.gradientBlocks.map { GradientTask(part: .head, block: $0) }
  }

  package func makePass(_ team: WorkerTeam = WorkerTeam(width: 1)) -> ModelPass { ModelPass(self, team) }

  /// The greatest number of parameters: two GiB of weights, and as much for the gradient and each moment.
  package static let maximumParameters = 1 << 29

  /// Refuses a network that no memory would hold, before anything is allocated for it.
  package func checkSize() throws(SeqError) {
    guard layout.count > Self.maximumParameters else { return }
    throw .data(
      "\(layout.count) parameters, expected at most \(Self.maximumParameters)", at: .path("model"),
      remedy: "make model.hidden, model.layers or model.embedding smaller")
  }
}

/// One block of a weight's gradient.
package struct GradientTask: Sendable {
  /// The parts of a model that have dense weights.
  package enum Part: Sendable { case encoder, pooling, head }
  package let part: Part
  package let block: GradientBlock
}

extension ModelSettings {
  func makeStack(readingTokensOf embedding: ParameterSlot, layout: inout ParameterLayout) -> any SequenceLayer {
    let stack = RecurrentStack(
      name: "rnn", cell: makeCell(), inputSize: self.embedding, hiddenSize: hidden, depth: layers,
      isBidirectional: isBidirectional, dropout: dropout.between, layout: &layout)
    for table in stack.layers[0].tokenTables(of: embedding) { layout.addTokenTable(table) }
    return stack
  }

  func makeBag(layout: inout ParameterLayout) -> any SequenceLayer {
    BagLayer(
      name: "hidden", inputSize: embedding, hiddenSize: hidden, depth: layers, activation: activation.kernel,
      dropout: dropout.between, layout: &layout)
  }

  func makeCell() -> any RecurrentCell {
    switch cell {
    case .elman:
      ElmanCell(activation: activation.kernel)
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

extension ActivationKind {
  var kernel: Activation {
    switch self {
    case .tanh: .tanh
    case .relu: .relu
    case .sigmoid: .sigmoid
    }
  }
}
