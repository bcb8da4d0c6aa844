import SeqModel
package import SeqTensor

/// The states of parallel streams between one window and the next, shard by shard: a part of a checkpoint.
package final class CarriedStates: Sendable {
  /// A slot a shard.
  package let vector: ParameterVector

  /// States of zeros.
  /// - Parameters:
  ///   - streams: sequences of each batch.
  ///   - size: numbers of a sequence's state.
  package init(streams: Int, size: Int) {
    var layout = ParameterLayout()
    let shards = (streams + Shard.size - 1) / Shard.size
    for s in 0..<shards {
      // As a batch is dealt out: see `PreparedBatch.fill`.
      let rows = (streams - s + shards - 1) / shards
      _ = layout.addMatrix("shard\(s)", rows: rows, columns: size, initialization: .zero, packing: nil)
    }
    vector = ParameterVector(layout)
  }

  /// [sequences of the shard, size].
  package func state(ofShard shard: Int) -> Matrix { vector[vector.layout.slots[shard]] }

  /// Lets all streams begin anew.
  package func reset() { vector.flat.fill(0) }
}
