package import SeqBaseline
package import SeqRecords

/// Linear models whose scores are added to those of a network: a product of experts (Hinton 2002, "Training products of
/// experts by minimizing contrastive divergence"), as n-grams and a recurrent network are put together by Mesnil et al.
/// 2014, "Ensemble of generative and discriminative techniques for sentiment analysis of movie reviews".
package struct LinearScorer: Sendable {
  /// Those of one network.
  package struct Member: Sendable {
    /// Of the label of a text, or of its tags; nil for none.
    package let labels: Baseline?
    /// Of the label beside the tags; nil for none.
    package let sequence: Baseline?

    package init(labels: Baseline?, sequence: Baseline?) { (self.labels, self.sequence) = (labels, sequence) }
  }

  /// One, or those of all networks that predict together, whose mean is added.
  package var members: [Member]
  /// What the scores are multiplied by.
  package let weights: (labels: Float, sequence: Float)

  /// - Parameter settings: of the network.
  package init(_ member: Member, _ settings: InferenceSettings) {
    members = [member]
    weights = (Float(settings.linear), Float(settings.linearLabel))
  }

  /// What is added to the scores of a text.
  /// - Parameter read: its tokens, those of a long text that are read.
  package func linearScores(of all: [ArraySlice<UInt8>], read: [ArraySlice<UInt8>]) -> LinearScores {
    let isOfWords = members.contains { $0.labels?.kind == .words }
    let words = isOfWords ? all.map { String(decoding: $0, as: UTF8.self) } : []
    let share = 1 / Float(members.count)
    var scores = LinearScores()
    for member in members {
      if let model = member.labels {
        scores.labels.add(
          isOfWords ? model.scores(ofWords: words) : model.scores(of: read), times: share * weights.labels)
      }
      if let model = member.sequence { scores.sequence.add(model.scores(of: read), times: share * weights.sequence) }
    }
    return scores
  }
}

extension [Float] {
  /// Adds numbers; to none, as to zeros.
  fileprivate mutating func add(_ others: [Float], times share: Float) {
    guard !isEmpty else {
      self = others
      for i in indices { self[i] *= share }
      return
    }
    for i in indices { self[i] += share * others[i] }
  }
}

extension SequenceEncoder {
  /// The same with linear models, if there is one.
  package func adding(_ member: LinearScorer.Member, _ settings: InferenceSettings) -> SequenceEncoder {
    guard member.labels != nil || member.sequence != nil else { return self }
    var encoder = self
    encoder.linear = LinearScorer(member, settings)
    return encoder
  }

  /// The tokens of a record.
  package func allTokens(of record: Record) -> [ArraySlice<UInt8>] {
    var tokens: [ArraySlice<UInt8>] = []
    tokenizer.forEachUTF8Token(of: record) { tokens.append(Array($0)[...]) }
    return tokens
  }

  /// The tokens of a record, of a long one those that a classifier reads.
  package func readTokens(of record: Record) -> [ArraySlice<UInt8>] { longTexts.read(allTokens(of: record)) }
}
