package import SeqLayers
package import SeqTensor

/// A network of one topology: embedding, or several features of a token → encoder → (pooling) → softmax head or CRF.
///
/// | task | encoder gives | junction | head |
/// |---|---|---|---|
/// | many-to-one | rows | pooling | scores a sequence |
/// | many-to-many, equal | rows | – | scores a row, through a CRF or not |
///
/// Beside the tags of a sequence it may give a label to the whole: pooling and a softmax head of their own.
package struct SequenceModel: Network {
  package let topology: Topology
  package let layout: ParameterLayout
  /// [V, E]; its gradient is sparse: see `EmbeddingGradient`.
  package let embedding: ParameterSlot
  package let tokenFeatures: TokenFeatures?
  package var tables: SparseTables { tokenFeatures?.tables ?? SparseTables([embedding]) }
  package var frozen: [ParameterSlot] { tokenFeatures?.frozen ?? [] }
  package let encoder: any SequenceLayer
  package var stateSize: Int { encoder.stateSize }
  package var recurrentDropout: Double { dropout.recurrent }
  package var wordDropout: Double { dropout.word }
  package let pooling: (any Pooling)?
  package let head: SoftmaxHead
  /// What relates the tags of neighbours; nil if each is for itself.
  package let crf: CRFHead?
  /// What gives a label beside the tags.
  package let sentenceLabel: SentenceLabelHead?
  package var sentenceLabelWeight: Double { sentenceLabel?.weight ?? 0 }
  /// What a tag sequence has to keep; nil for nothing. It matters in predictions alone.
  package var rules: TransitionRules?
  package let dropout: DropoutSettings
  /// Whether labels are fed back in training: see `TeacherForcedPass`.
  package let isTeacherForced: Bool
  /// Whether a classifier scores every row in training, each with its sequence's label; pooling is for prediction then.
  package let learnsAtEachStep: Bool
  package let chunk: Int?
  /// Every block of every dense parameter's gradient, with the part of the model it belongs to.
  package let gradientTasks: [GradientTask]

  /// - Parameters:
  ///   - vocabularySize: V, the rows of the embedding: special symbols, start symbols and n-grams included.
  ///   - classes: labels, tags, or tokens to go on with.
  ///   - labels: of whole sequences, beside their tags.
  ///   - featureRows: entries of what each of the settings' features looks at, if there are any.
  ///   - cell: another cell than the settings name.
  package init(
    topology: Topology, settings: ModelSettings, vocabularySize: Int, classes: Int, labels: Int = 0,
    featureRows: [Int] = [], cell: (any RecurrentCell)? = nil
  ) {
    var layout = ParameterLayout()
    self.topology = topology
    let isBag = topology == .bag
    let isJordan = !isBag && settings.cell == .jordan
    var dropout = settings.dropout
    // Jordan layers drop themselves what goes into their scores.
    if isJordan { dropout.output = 0 }
    self.dropout = dropout
    isTeacherForced = settings.isTeacherForced
    learnsAtEachStep = topology == .pooled && settings.outputs == .each
    // What was never seen adds nothing to a bag: so n-grams that only the data to come has do no harm.
    tokenFeatures =
      settings.features.isEmpty
      ? nil : TokenFeatures(settings.features, rows: featureRows, embedding: Self.embeddingName, layout: &layout)
    embedding =
      layout.slots.first { $0.name == Self.embeddingName }
      ?? layout.addMatrix(
        Self.embeddingName, rows: vocabularySize, columns: settings.embedding,
        initialization: isBag ? .zero : .normal(deviation: Float(settings.embeddingDeviation)), packing: nil)
    let (table, inputSize) = (tokenFeatures == nil ? embedding : nil, tokenFeatures?.inputSize ?? embedding.columns)
    let (encoder, tables) =
      isBag
      ? (settings.makeBag(layout: &layout), [])
      : settings.makeEncoder(table, inputSize: inputSize, cell: cell, classes: classes, layout: &layout)
    self.encoder = encoder
    chunk = topology == .pooled ? settings.chunk : nil
    for table in tables { layout.addTokenTable(table) }
    pooling = topology == .pooled ? settings.makePooling(settings.pooling, encoder, layout: &layout) : nil
    head =
      isJordan
      ? SoftmaxHead(summing: settings.directions, classes: classes)
      : SoftmaxHead(name: "output", inputSize: encoder.outputSize, classes: classes, layout: &layout)
    crf = settings.head == .crf && topology == .stepwise ? CRFHead(name: "crf", classes: classes, layout: &layout) : nil
    sentenceLabel =
      topology == .stepwise
      ? settings.sentenceLabel.map { settings.makeSentenceLabel($0, encoder, labels, &layout) } : nil
    self.layout = layout
    gradientTasks =
      (tokenFeatures?.gradientBlocks ?? []).map { GradientTask(part: .input, block: $0) }
      + encoder.gradientBlocks.map { GradientTask(part: .encoder, block: $0) }
      + (pooling?.gradientBlocks ?? []).map { GradientTask(part: .pooling, block: $0) }
      + head.gradientBlocks.map { GradientTask(part: .head, block: $0) }
      + (crf?.gradientBlocks ?? []).map { GradientTask(part: .crf, block: $0) }
      + (sentenceLabel?.pooling.gradientBlocks ?? []).map { GradientTask(part: .labelPooling, block: $0) }
      + (sentenceLabel?.head.gradientBlocks ?? []).map { GradientTask(part: .labelHead, block: $0) }
  }

  private static let embeddingName = "embedding.weight"

  package func makePass(_ team: WorkerTeam = WorkerTeam(width: 1)) -> ModelPass { ModelPass(self, team) }
}

/// What gives a label to a sequence beside its tags.
package struct SentenceLabelHead: Sendable {
  package let pooling: any Pooling
  package let head: SoftmaxHead
  /// The factor of its loss.
  package let weight: Double
}

extension ModelSettings {
  fileprivate func makeSentenceLabel(
    _ sentenceLabel: SentenceLabelSettings, _ encoder: any SequenceLayer, _ labels: Int, _ layout: inout ParameterLayout
  ) -> SentenceLabelHead {
    SentenceLabelHead(
      pooling: makePooling(sentenceLabel.pooling, encoder, layout: &layout),
      head: SoftmaxHead(name: "label", inputSize: encoder.outputSize, classes: labels, layout: &layout),
      weight: sentenceLabel.weight)
  }

  func makeBag(layout: inout ParameterLayout) -> any SequenceLayer {
    BagLayer(
      name: "hidden", inputSize: embedding, hiddenSize: hidden, depth: layers, activation: activation.kernel,
      dropout: dropout.between, layout: &layout)
  }

  var directions: Int { isBidirectional ? 2 : 1 }

  /// The recurrent layers, and what looking up tokens in the first one takes.
  fileprivate func makeEncoder(
    _ embedding: ParameterSlot?, inputSize: Int, cell given: (any RecurrentCell)?, classes: Int,
    layout: inout ParameterLayout
  ) -> (layers: any SequenceLayer, tables: [TokenTable]) {
    guard let cell = given ?? makeCell() else {
      let stack = JordanStack(
        name: "rnn", inputSize: inputSize, hiddenSize: hidden, depth: layers, classes: classes,
        feedback: feedback == .softmax ? .softmax : .linear, isBidirectional: isBidirectional,
        between: dropout.between, output: dropout.output, layout: &layout)
      return (stack, embedding.map(stack.tokenTables) ?? [])
    }
    let stack = RecurrentStack(
      name: "rnn", cell: cell, inputSize: inputSize, hiddenSize: hidden, depth: layers,
      isBidirectional: isBidirectional, connections: stackConnections, dropout: dropout.between,
      isLocked: dropout.isLocked, noise: dropout.noise, layout: &layout)
    return (stack, embedding.map(stack.layers[0].tokenTables) ?? [])
  }

  var stackConnections: StackConnections {
    switch connections {
    case .none: .none
    case .residual: .residual
    case .highway: .highway
    }
  }

  func makePooling(_ kind: PoolingKind, _ encoder: any SequenceLayer, layout: inout ParameterLayout) -> any Pooling {
    let inner = makeInnerPooling(kind, encoder, layout: &layout)
    return chunk == nil ? inner : ChunkPooling(inner, size: encoder.outputSize, layout: &layout)
  }

  private func makeInnerPooling(
    _ kind: PoolingKind, _ encoder: any SequenceLayer, layout: inout ParameterLayout
  ) -> any Pooling {
    switch kind {
    case .last: LastStatePooling(hiddenSize: encoder.outputSize / directions)
    case .mean: MeanPooling()
    case .max: MaxPooling()
    case .attention: AttentionPooling(name: "attention", size: encoder.outputSize, layout: &layout)
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
