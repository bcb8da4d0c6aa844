import SeqCore
package import SeqLayers
package import SeqTensor

/// One shard's way through an encoder and a decoder, forth and back.
package final class TransductionPass: NetworkPass, @unchecked Sendable {
  private let model: TransductionModel
  private let tokens: TokenEmbeddingPass
  private let encoder: any SequencePass
  private let lastState: any PoolingPass
  private let bridge: BridgePass
  let decoder: DecoderPass
  private let head: SoftmaxHeadPass
  private let outputDropout: DropoutPass
  private let sampling: ScheduledSampling
  private let index = AttentionMemory()
  /// Nothing is carried from pair to pair.
  package var state: Matrix? {
    get { nil }
    set { precondition(newValue == nil, "a transduction carries no state") }
  }
  package func rowGradient(_ row: Int) -> Matrix { tokens.rowGradient(row) }
  /// What went into the decoder at the last step, sampled tokens in their places.
  package var inputs: [Int32] { decoder.ids }

  init(_ model: TransductionModel, _ team: WorkerTeam) {
    self.model = model
    tokens = TokenEmbeddingPass(
      model.embedding, dropout: model.dropout.input, isLocked: model.dropout.isLocked)
    encoder = model.encoder.makePass(team)
    lastState = LastStatePooling(hiddenSize: model.encoderHidden).makePass()
    bridge = model.bridge.makePass()
    decoder = model.decoder.makePass()
    head = model.head.makePass()
    outputDropout = DropoutPass(rate: model.dropout.output, name: "output")
    sampling = ScheduledSampling(model.head)
  }

  package func step(_ shard: Shard, weights: Weights, mode: Mode, scale: Double, options: LossOptions) -> Double {
    _ = scores(shard, weights: weights, mode: mode, samplingRate: options.samplingRate)
    let labels = shard.labels
    let loss = head.loss(labels: labels.span, scale: scale, options: options)
    let dOutput = head.backward(weights: weights)
    outputDropout.backward(dOutput)
    let gradient = decoder.backward(dOutput, sources: shard.shape.sequences, weights: weights)
    let dRows = lastState.backward(bridge.backward(gradient.states, weights: weights), weights: weights)
    if let dMemory = gradient.memory { dRows.add(dMemory) }
    tokens.backward(encoder.backward(dRows, weights: weights), shard)
    return loss
  }

  /// The scores [rows of the targets, V] of each target's next token, given those before; valid until the next call.
  package func scores(
    _ shard: Shard, weights: Weights, mode: Mode = .inference, samplingRate: Double = 0
  ) -> Matrix {
    let source = encode(shard, weights: weights, mode: mode)
    if case .training(let seed) = mode {
      sampling.begin(rate: samplingRate, seed: seed.child("sampling"))
    }
    let targets = shard.targets
    let states = decoder.forward(
      targets.inputs, shape: targets.shape, sources: targets.sources, of: source, weights: weights, mode: mode,
      sampling: mode.isTraining ? sampling : nil)
    return head.forward(outputDropout.forward(states, mode: mode), weights: weights)
  }

  /// Σ −ln p of the targets' tokens, ends included; unknown ones are left out.
  package func nats(_ shard: Shard, weights: Weights) -> Double {
    _ = scores(shard, weights: weights)
    let labels = shard.labels
    return head.loss(labels: labels.span, scale: 1, options: LossOptions())
  }

  /// Reads the sources of a shard.
  func encode(_ shard: Shard, weights: Weights, mode: Mode = .inference) -> DecoderPass.Source {
    let rows = encoder.forward(
      tokens.forward(shard, weights: weights, mode: mode), shape: shard.shape, weights: weights, mode: mode)
    index.set(shard.shape)
    let states = bridge.forward(lastState.forward(rows, shape: shard.shape, weights: weights), weights: weights)
    return DecoderPass.Source(rows: rows, index: index, states: states)
  }

  /// Probabilities [n, V] of the tokens that come after some states [n, H], valid until the next call.
  func probabilities(after states: Matrix, weights: Weights) -> Matrix {
    _ = head.forward(states, weights: weights)
    return head.probabilities()
  }

  package func source(of part: GradientTask.Part) -> (any GradientSource)? {
    switch part {
    case .encoder: encoder
    case .bridge: bridge
    case .decoder: decoder
    case .head: head
    case .input, .pooling, .crf, .labelPooling, .labelHead: nil
    }
  }
}
