import SeqLayers
import SeqTensor

/// One shard's labels of whole sequences, beside their tags: pooling → dropout → softmax head.
final class SentenceLabelPass {
  let pooling: any PoolingPass
  private let dropout: DropoutPass
  let head: SoftmaxHeadPass
  /// Probabilities or scores [sequences, labels], after `predict`.
  private(set) var predicted: Matrix?

  /// - Parameter rate: of dropout before the head.
  init(_ sentenceLabel: SentenceLabelHead, dropout rate: Double) {
    pooling = sentenceLabel.pooling.makePass()
    dropout = DropoutPass(rate: rate, name: "label")
    head = sentenceLabel.head.makePass()
  }

  /// - Parameter states: of the encoder [rows, d].
  func forward(_ states: Matrix, shape: PackedShape, weights: Weights, mode: Mode) {
    let pooled = pooling.forward(states, shape: shape, weights: weights)
    predicted = head.forward(dropout.forward(pooled, mode: mode), weights: weights)
  }

  /// Adds to the scores of all labels, sequence after sequence; nothing if there is nothing to add.
  func add(_ linearScores: [Float]) { predicted?.add(linearScores.span) }

  func predict(asLogits: Bool) { if !asLogits { predicted = head.probabilities() } }

  /// Loss and backward.
  /// - Parameters:
  ///   - dStates: [rows, d]: the states' gradient is added.
  ///   - scale: the factor of each sequence's loss.
  /// - Returns: `scale` · Σ loss.
  func learn(_ shard: Shard, addingTo dStates: Matrix, weights: Weights, scale: Double) -> Double {
    let labels = shard.sequenceLabels
    let loss = head.loss(labels: labels.span, scale: scale, options: LossOptions())
    let dPooled = head.backward(weights: weights)
    dropout.backward(dPooled)
    dStates.add(pooling.backward(dPooled, weights: weights))
    return loss
  }
}
