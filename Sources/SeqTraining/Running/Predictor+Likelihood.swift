import SeqLayers
import SeqModel
import SeqPrediction
package import SeqRecords
import SeqTensor

extension Predictor {
  /// Scores of all rows of a shard that are held at a time: 64 MiB.
  private static let largestScores = 1 << 24
  /// Sequences of a batch: what keeps a few threads busy.
  private static let batchSequences = 8 * Shard.size

  /// What a model thinks of the labels of `data` that are known: Σ −ln p, in nats, and how many there are.
  ///
  /// The sum does not depend on the number of threads. The windows of parallel streams hand on their states.
  package func likelihood(of data: EncodedDataset) -> (nats: Double, tokens: Int) {
    let carried = data.streams.map { CarriedStates(streams: $0, size: model.encoder.stateSize) }
    let (weights, losses, batch) = (weights, Partials(), PreparedBatch())
    var passes: [ModelPass] = []
    var (nats, tokens) = (0.0, 0)
    for sequences in batches(data) {
      batch.fill(sequences, data, .predicting(model))
      while passes.count < batch.count {
        passes.append(model.makePass(team))
        passes[passes.count - 1].state = carried?.state(ofShard: passes.count - 1)
      }
      let (shards, ready) = (batch.shards, passes)
      losses.reset(batch.count)
      team.run(batch.count) { i in losses[i] = ready[i].loss(shards[i], weights: weights) }
      nats += losses.sum(batch.count)
      for shard in shards { for label in shard.labels where label >= 0 { tokens += 1 } }
    }
    // Matrices do not keep what they are views of.
    withExtendedLifetime(carried) {}
    data.releasePages()
    return (nats, tokens)
  }

  /// The sequences in batches: windows of streams in their order, others by length.
  private func batches(_ data: EncodedDataset) -> [ArraySlice<Int>] {
    if data.streams != nil {
      let plan = BatchPlan(streamsOf: data)
      return (0..<plan.count).map { plan[$0] }
    }
    let rows = max(1, Self.largestScores / model.head.classes)
    let order = (0..<data.count).sorted { (data.length($0), $0) < (data.length($1), $1) }
    var batches: [ArraySlice<Int>] = []
    var (start, tokens) = (0, 0)
    for (i, sequence) in order.enumerated() {
      let length = data.length(sequence)
      if i > start, i - start == Self.batchSequences || tokens + length > rows {
        batches.append(order[start..<i])
        (start, tokens) = (i, 0)
      }
      tokens += length
    }
    if start < order.count { batches.append(order[start...]) }
    return batches
  }
}
