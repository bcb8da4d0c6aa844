import SeqData
import SeqModel
import SeqRecords

/// The first sequences of a dataset that are not empty, cut short.
struct CheckedSequences: Sendable {
  /// Token ids, longest first.
  let tokens: [[Int]]
  /// One label a sequence, one a token, or the tokens of its target; −1 is none. Behind those of the tokens stands that of
  /// the sequence, if there is one beside them.
  let labels: [[Int]]
  /// What each of a model's features looks up of each token, if it has several: [sequence][token][feature].
  let features: [[[[Int]]]]
  private let data: EncodedDataset
  private let numbers: [Int]

  init(
    _ data: EncodedDataset, _ topology: Topology, _ settings: GradientCheck.Settings, features: [FeatureSettings] = []
  ) {
    self.data = data
    let chosen = (0..<data.count).lazy.filter { data.length($0) > 0 }.prefix(settings.sequences)
      .map { (number: $0, length: min(settings.length, data.length($0))) }
    let sorted = Array(chosen).sorted { (-$0.length, $0.number) < (-$1.length, $1.number) }
    tokens = sorted.map { sequence in (0..<sequence.length).map { Int(data.token(sequence.number, $0)) } }
    numbers = sorted.map(\.number)
    let traits = features.traits
    self.features = sorted.map { sequence in
      (0..<sequence.length).map { step in
        features.enumerated().map { i, feature in
          if feature.kind == .word { return [Int(data.token(sequence.number, step))] }
          guard let trait = feature.trait.flatMap({ traits.firstIndex(of: $0) }) else {
            return [Int(data.extra((traits.isEmpty ? 0 : 1) + features.columnNumber(of: i), sequence.number, step))]
          }
          return data.wordForms?.ids(trait, of: data.extra(0, sequence.number, step)).map { Int($0) } ?? []
        }
      }
    }
    labels = sorted.map { sequence in
      let count =
        topology == .encoderDecoder
        ? min(settings.length, data.labelCount(sequence.number)) : topology.isStepwise ? sequence.length : 1
      let own = data.hasSequenceLabels ? [Int(data.sequenceLabel(sequence.number))] : []
      return (0..<count).map { Int(data.label(sequence.number, $0)) } + own
    }
  }

  /// The sequences as a network takes them.
  func shard(_ network: any Network) -> Shard {
    let shard = Shard()
    shard.fill(
      positions: Array(tokens.indices)[...], length: { tokens[$0].count }, token: { Int32(tokens[$0][$1]) },
      topology: network.topology, repeatsLabels: network.learnsAtEachStep, chunk: network.chunk,
      labelCount: { labels[$0].count },
      label: { Int32(labels[$0][$1]) },
      hasSequenceLabels: network.sentenceLabelWeight > 0, sequenceLabel: { Int32(labels[$0][tokens[$0].count]) })
    if let features = network.tokenFeatures {
      let first = data.wordForms == nil ? 0 : 1
      shard.fill(
        features, wordForm: { data.extra(0, numbers[$0], $1) }, column: { data.extra(first + $0, numbers[$1], $2) },
        list: { data.wordForms?.ids($0, of: $1) ?? [] })
    }
    return shard
  }
}
