package import SeqModel
package import SeqRecords

/// How sequences of a dataset are read into shards.
package struct ShardReading: Sendable {
  package let topology: Topology
  /// Whether a classifier's label is given to each row.
  package let repeatsLabels: Bool
  /// Tokens of the chunks that a classifier reads one by one; nil for whole sequences.
  package let chunk: Int?
  /// What is read of a token beside its id; nil for nothing.
  package let features: TokenFeatures?
  /// What tokens are replaced by in training; both change from epoch to epoch.
  package var noise: TokenNoise?
  package var wordDropout = WordDropout.none

  /// As a network is used.
  package static func predicting(_ model: any Network) -> ShardReading {
    ShardReading(model, repeatsLabels: false)
  }

  /// As a network is trained, without noise at first.
  package static func training(_ model: any Network) -> ShardReading {
    ShardReading(model, repeatsLabels: model.learnsAtEachStep)
  }

  private init(_ model: any Network, repeatsLabels: Bool) {
    (topology, chunk, features) = (model.topology, model.chunk, model.tokenFeatures)
    self.repeatsLabels = repeatsLabels
  }
}

extension Shard {
  /// Takes sequences of a dataset, longest first.
  package func fill(_ sequences: ArraySlice<Int>, _ data: EncodedDataset, _ reading: ShardReading) {
    let (noise, wordDropout) = (reading.noise, reading.wordDropout)
    func token(_ sequence: Int, _ step: Int) -> Int32 {
      let id = wordDropout.token(data.token(sequence, step), sequence: sequence, step: step)
      guard let noise else { return id }
      return noise.replacement(of: id, at: data.start(sequence) + step)
    }
    fill(
      positions: sequences, length: { data.length($0) }, token: token, topology: reading.topology,
      repeatsLabels: reading.repeatsLabels, chunk: reading.chunk, labelCount: { data.labelCount($0) },
      label: { data.label($0, $1) }, hasSequenceLabels: data.hasSequenceLabels,
      sequenceLabel: { data.sequenceLabel($0) })
    if let features = reading.features { fill(features, of: data) }
    if data.hasLinearScores {
      fillLinearScores(
        isPerToken: reading.topology.isStepwise, linearScores: { data.linearScores($0, $1) },
        sequenceLinearScores: { data.sequenceLinearScores($0) })
    }
  }

  /// Takes what features look up for the sequences that it has been filled with.
  package func fill(_ features: TokenFeatures, of data: EncodedDataset) {
    let columns = data.wordForms == nil ? 0 : 1
    fill(
      features, wordForm: { data.extra(0, $0, $1) }, column: { data.extra(columns + $0, $1, $2) },
      list: { data.wordForms?.ids($0, of: $1) ?? [] })
  }
}
