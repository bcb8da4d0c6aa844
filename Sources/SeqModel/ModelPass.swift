package import SeqLayers
package import SeqTensor

/// One shard's way through a model, forth and back.
package final class ModelPass: @unchecked Sendable {
  private let model: SequenceModel
  private let encoder: any SequencePass
  private let pooling: (any PoolingPass)?
  private let head: SoftmaxHeadPass
  private let inputDropout: DropoutPass
  private let outputDropout: DropoutPass
  private let embedded = FloatBuffer(), rowBuffer = FloatBuffer(), dDistinct = FloatBuffer()
  private let indices = IndexBuffer()
  private var isGathered = false
  /// ∂L/∂ of the embeddings of the shard's distinct tokens [distinct, E], after `step`.
  package private(set) var dEmbedded: Matrix
  /// The state that sequences begin with and leave behind: see `SequencePass.state`.
  package var state: Matrix? {
    get { encoder.state }
    set { encoder.state = newValue }
  }
  /// [sequences or rows, C], after `predict`; valid until the next call.
  package private(set) var predicted: Matrix

  init(_ model: SequenceModel, _ team: WorkerTeam) {
    self.model = model
    encoder = model.encoder.makePass(team)
    pooling = model.pooling?.makePass()
    head = model.head.makePass()
    inputDropout = DropoutPass(rate: model.dropout.input, name: "input")
    outputDropout = DropoutPass(rate: model.dropout.output, name: "output")
    dEmbedded = embedded.matrix(rows: 0, columns: 0)
    predicted = dEmbedded
  }

  /// Forward, loss and backward.
  /// - Parameter scale: the factor on the summed loss, so that a batch's shards add up to its mean.
  /// - Returns: the shard's part of the batch's mean loss.
  package func step(_ shard: Shard, weights: Weights, mode: Mode, scale: Double, options: LossOptions) -> Double {
    let labels = shard.labels
    if model.isTeacherForced { (encoder as? any TeacherForcedPass)?.setTeacher(labels.span) }
    _ = scores(shard, weights: weights, mode: mode)
    let loss = head.loss(labels: labels.span, scale: scale, options: options)
    let dFeatures = head.backward(weights: weights)
    outputDropout.backward(dFeatures)
    let dStates = pooling(in: mode)?.backward(dFeatures, weights: weights) ?? dFeatures
    dEmbedded = encoder.backward(dStates, weights: weights)
    if !isGathered {
      inputDropout.backward(dEmbedded)
      let sums = dDistinct.reserve(rows: shard.distinctIDs.count, columns: model.embedding.columns)
      sums.fill(0)
      sums.addRows(of: dEmbedded, at: indices.indices)
      dEmbedded = sums
    }
    return loss
  }

  /// The class scores [sequences or rows, C] of a shard, valid until the next call.
  package func scores(_ shard: Shard, weights: Weights, mode: Mode = .inference) -> Matrix {
    let input = input(shard, weights: weights, mode: mode)
    let states = encoder.forward(input, shape: shard.shape, weights: weights, mode: mode)
    let features = pooling(in: mode)?.forward(states, shape: shard.shape, weights: weights) ?? states
    return head.forward(outputDropout.forward(features, mode: mode), weights: weights)
  }

  private func pooling(in mode: Mode) -> (any PoolingPass)? {
    mode.isTraining && model.learnsAtEachStep ? nil : pooling
  }

  /// The embedded tokens. The encoder may do its work on distinct tokens, as far as dropout does not tell equal ones
  /// apart and there are few enough.
  private func input(_ shard: Shard, weights: Weights, mode: Mode) -> GatheredRows {
    if weights.hasTokenTables {
      let ids = shard.ids
      indices.set(ids.span)
      return GatheredRows(weights[model.embedding], indices.indices)
    }
    let rows = shard.shape.rows
    let ids = shard.distinctIDs
    let index = shard.distinctIndex
    let distinct = embedded.reserve(rows: ids.count, columns: model.embedding.columns)
    distinct.gather(ids.span, from: weights[model.embedding])
    indices.set(index.span)
    let gathered = GatheredRows(distinct, indices.indices)
    let drops = mode.isTraining && model.dropout.input > 0
    isGathered = !drops && 4 * ids.count < 3 * rows
    guard !isGathered else { return gathered }
    let copied = rowBuffer.reserve(rows: rows, columns: model.embedding.columns)
    copied.copy(from: gathered)
    return GatheredRows(inputDropout.forward(copied, mode: mode))
  }

  /// Forward and loss alone. - Returns: Σ −ln p of the labels that are known, in nats.
  package func loss(_ shard: Shard, weights: Weights) -> Double {
    _ = scores(shard, weights: weights)
    let labels = shard.labels
    return head.loss(labels: labels.span, scale: 1, options: LossOptions())
  }

  /// Computes the class probabilities of a shard, or the scores before the softmax, and leaves them in `predicted`.
  package func predict(_ shard: Shard, weights: Weights, asLogits: Bool = false) {
    let logits = scores(shard, weights: weights)
    predicted = asLogits ? logits : head.probabilities()
  }

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

  /// This shard's part of a block of the gradient, after `step`.
  package func accumulate(_ task: GradientTask, into gradient: ParameterVector, adding: Bool) {
    switch task.part {
    case .encoder: encoder.accumulate(task.block, into: gradient, adding: adding)
    case .pooling: pooling?.accumulate(task.block, into: gradient, adding: adding)
    case .head: head.accumulate(task.block, into: gradient, adding: adding)
    }
  }
}
