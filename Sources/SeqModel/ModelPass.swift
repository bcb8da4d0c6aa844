package import SeqLayers
package import SeqTensor

/// One shard's way through a model, forth and back.
package final class ModelPass: NetworkPass, @unchecked Sendable {
  private let model: SequenceModel
  private let encoder: any SequencePass
  private let pooling: (any PoolingPass)?
  private let head: SoftmaxHeadPass
  private let crf: CRFPass?
  private let sentenceLabel: SentenceLabelPass?
  private let decoder: TagDecoder?
  private let tokens: any InputPass
  private let outputDropout: DropoutPass
  private let noRows = FloatBuffer()
  /// The state that sequences begin with and leave behind: see `SequencePass.state`.
  package var state: Matrix? {
    get { encoder.state }
    set { encoder.state = newValue }
  }
  package func rowGradient(_ row: Int) -> Matrix { tokens.rowGradient(row) }
  /// [sequences or rows, C], after `predict`; valid until the next call.
  package private(set) var predicted: Matrix
  /// Of whole sequences beside their tags [sequences, labels], after `predict`; nil if the model gives none.
  package var predictedLabels: Matrix? { sentenceLabel?.predicted }
  /// Whole tag sequences, after `predict`, where tags are not each for itself.
  package var decoded: DecodedTags? { decoder?.decoded }

  init(_ model: SequenceModel, _ team: WorkerTeam) {
    self.model = model
    encoder = model.encoder.makePass(team)
    pooling = model.pooling?.makePass()
    head = model.head.makePass()
    crf = model.crf?.makePass()
    sentenceLabel = model.sentenceLabel.map { SentenceLabelPass($0, dropout: model.dropout.output) }
    decoder = model.topology == .stepwise ? TagDecoder(model) : nil
    if let tokenFeatures = model.tokenFeatures {
      tokens = TokenFeaturesPass(tokenFeatures, dropout: model.dropout.input, isLocked: model.dropout.isLocked, team)
    } else {
      tokens = TokenEmbeddingPass(model.embedding, dropout: model.dropout.input, isLocked: model.dropout.isLocked)
    }
    outputDropout = DropoutPass(rate: model.dropout.output, name: "output", isLocked: model.dropout.isLocked)
    predicted = noRows.matrix(rows: 0, columns: 0)
  }

  package func step(_ shard: Shard, weights: Weights, mode: Mode, scale: Double, options: LossOptions) -> Double {
    let labels = shard.labels
    if model.isTeacherForced { (encoder as? any TeacherForcedPass)?.setTeacher(labels.span) }
    _ = scores(shard, weights: weights, mode: mode)
    var loss =
      crf?.loss(
        head.scores, labels: labels.span, shape: shard.shape, weights: weights, scale: scale, options: options)
      ?? head.loss(labels: labels.span, scale: scale, options: options)
    let dFeatures = head.backward(weights: weights)
    outputDropout.backward(dFeatures)
    let dStates = pooling(in: mode)?.backward(dFeatures, weights: weights) ?? dFeatures
    if let sentenceLabel {
      loss += sentenceLabel.learn(shard, addingTo: dStates, weights: weights, scale: options.sentenceLabelScale)
    }
    tokens.backward(encoder.backward(dStates, weights: weights), shard, weights: weights)
    return loss
  }

  /// The class scores [sequences or rows, C] of a shard, valid until the next call.
  package func scores(_ shard: Shard, weights: Weights, mode: Mode = .inference) -> Matrix {
    let input = tokens.forward(shard, weights: weights, mode: mode)
    let states = encoder.forward(input, shape: shard.shape, weights: weights, mode: mode)
    if let pooling = pooling as? ChunkPoolingPass, let chunks = shard.chunks { pooling.chunks = chunks }
    sentenceLabel?.forward(states, shape: shard.shape, weights: weights, mode: mode)
    let features = pooling(in: mode)?.forward(states, shape: shard.shape, weights: weights) ?? states
    let areSteps = pooling(in: mode) == nil
    let dropped = outputDropout.forward(features, shape: areSteps ? shard.shape : nil, mode: mode)
    return head.forward(dropped, weights: weights)
  }

  private func pooling(in mode: Mode) -> (any PoolingPass)? {
    mode.isTraining && model.learnsAtEachStep ? nil : pooling
  }

  /// Forward and loss alone. - Returns: Σ −ln p of the labels that are known, in nats.
  package func loss(_ shard: Shard, weights: Weights) -> Double {
    _ = scores(shard, weights: weights)
    let labels = shard.labels
    return head.loss(labels: labels.span, scale: 1, options: LossOptions())
  }

  /// Computes the class probabilities of a shard, or the scores before them, and leaves them in `predicted`; of a tagger
  /// also the tags, as far as these are not the most probable ones of their tokens.
  package func predict(_ shard: Shard, weights: Weights, _ request: PredictionRequest = PredictionRequest()) {
    let logits = scores(shard, weights: weights)
    logits.add(shard.linearScores.span)
    sentenceLabel?.add(shard.sequenceLinearScores)
    sentenceLabel?.predict(asLogits: request.isOfScores)
    let marginals = decoder?.decode(logits, shard, model.crf?.scores(weights), request)
    predicted = request.isOfScores ? logits : marginals ?? head.probabilities()
  }

  /// Turns the scores of labels beside tags, which `predict` was asked for, into probabilities.
  func findLabelProbabilities() { sentenceLabel?.predict(asLogits: false) }

  /// Has the recurrent layers keep what `SweepTrace` is for. - Returns: by layer and direction.
  package func startTracing() -> [[SweepTrace]] {
    let traced = encoder as? any TracedPass
    traced?.startTracing()
    return traced?.traces ?? []
  }

  /// The matrices that are applied to the state of the step before, by layer, direction and gate.
  package func recurrentMatrices(_ weights: Weights) -> [[[(gate: String, elements: [Float])]]] {
    (encoder as? any TracedPass)?.recurrentMatrices(weights) ?? []
  }

  package func source(of part: GradientTask.Part) -> (any GradientSource)? {
    switch part {
    case .input: tokens
    case .encoder: encoder
    case .pooling: pooling
    case .head: head
    case .crf: crf
    case .labelPooling: sentenceLabel?.pooling
    case .labelHead: sentenceLabel?.head
    case .bridge, .decoder: nil
    }
  }
}
