package import SeqRecords
import SeqText

/// Sequences as a model reads them, one behind the other: the ids, features and places of their tokens, what a linear model
/// adds to their scores, and what should be predicted of them.
///
/// `SequenceEncoder` fills it. It keeps its memory from use to use.
package struct SequenceBuffer: Sendable {
  /// Stands for a label that the model does not know, until that gets an id.
  package static let unseen = Int32.min

  /// The tokens.
  package private(set) var ids: [Int32] = []
  /// The bytes of each token in its text, where they were asked for.
  package private(set) var ranges: [Range<Int>] = []
  /// What the features of tokens look at.
  package private(set) var tokenFeatures = TokenFeatureBuffer()
  /// What should be predicted: of each sequence, or of each of its tokens, or each token of its target.
  package var labels: [Int32] = []
  /// The labels of whole sequences beside their tags; empty if the model gives none.
  package var sequenceLabels: [Int32] = []
  /// What each sequence has beside the network's scores, if it has anything.
  private var linearScores: [LinearScores] = []
  /// Where the tokens and the labels of each sequence end.
  private var ends: [(ids: Int, labels: Int)] = []
  /// The bytes of the tokens of the last sequence, and where each ends, for a linear model.
  private var bytes: [UInt8] = []
  private var byteEnds: [Int] = []

  package init() {}

  /// Takes everything out, keeping the memory.
  package mutating func removeAll() {
    ids.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    sequenceLabels.removeAll(keepingCapacity: true)
    linearScores.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    tokenFeatures.removeAll()
  }

  /// Sequences that have ended.
  package var count: Int { ends.count }

  /// The tokens of a sequence.
  package func tokens(of sequence: Int) -> Range<Int> {
    (sequence == 0 ? 0 : ends[sequence - 1].ids)..<ends[sequence].ids
  }

  /// The places in `labels` of what should be predicted of a sequence.
  package func labels(of sequence: Int) -> Range<Int> {
    (sequence == 0 ? 0 : ends[sequence - 1].labels)..<ends[sequence].labels
  }

  /// What a sequence has beside the network's scores; nil for nothing.
  package func linearScores(of sequence: Int) -> LinearScores? { linearScores.isEmpty ? nil : linearScores[sequence] }

  /// Ends a sequence of all that was added since the last one.
  package mutating func endSequence() { ends.append((ids.count, labels.count)) }

  /// Adds a symbol that is no token of a text.
  package mutating func append(symbol: Int32) { ids.append(symbol) }

  /// Adds the n-grams of the last tokens.
  package mutating func append(_ ngrams: NGramHash, from start: Int) { ngrams.append(to: &ids, from: start) }

  /// Takes tokens out.
  package mutating func cut(_ gap: Range<Int>) {
    guard !gap.isEmpty else { return }
    ids.removeSubrange(gap)
    tokenFeatures.removeSubrange(gap)
  }

  /// What a dataset keeps of some tokens beside their ids.
  package mutating func extras(
    _ range: Range<Int>, and rest: Range<Int> = 0..<0, _ index: inout WordFormIndex?, _ table: inout WordFormTable?
  ) -> [ArraySlice<Int32>] { tokenFeatures.extras(range, and: rest, &index, &table) }
}

extension SequenceEncoder {
  /// Adds the tokens of a text or a record, and what a linear model says of them.
  ///
  /// - Parameters:
  ///   - limit: tokens that are added; the linear model reads all.
  ///   - findsRanges: whether `ranges` are wanted.
  /// - Returns: the tokens that the input has.
  @discardableResult
  package func append<Input: ModelInput>(
    _ input: Input, to buffer: inout SequenceBuffer, limit: Int = .max, findsRanges: Bool = false
  ) -> Int {
    let start = buffer.ids.count
    var count = 0
    let isLinear = linear != nil
    input.forEachToken(tokenizer, findsRanges: findsRanges) { token, range in
      if isLinear { buffer.keep(token) }
      count += 1
      guard count <= limit else { return }
      buffer.append(id(ofUTF8: token))
      if findsRanges { buffer.append(range) }
      if let features { buffer.append(token, features) }
    }
    if let features { buffer.append(columns: input.columns, from: start, features) }
    if let linear { buffer.appendLinearScores(linear, longTexts) }
    return count
  }
}

extension SequenceBuffer {
  fileprivate mutating func append(_ id: Int32) { ids.append(id) }
  fileprivate mutating func append(_ range: Range<Int>) { ranges.append(range) }
  fileprivate mutating func append(_ token: ArraySlice<UInt8>, _ features: FeatureEncoder) {
    tokenFeatures.append(token, features)
  }

  fileprivate mutating func append(columns: [[String]]?, from start: Int, _ features: FeatureEncoder) {
    tokenFeatures.append(columns: columns, tokens: ids.count - start, features)
  }

  fileprivate mutating func keep(_ token: ArraySlice<UInt8>) {
    bytes += token
    byteEnds.append(bytes.count)
  }

  /// Adds what a linear model says of the tokens that were kept.
  fileprivate mutating func appendLinearScores(_ linear: LinearScorer, _ longTexts: LongTexts) {
    linearScores.append(scores(linear, longTexts))
    bytes.removeAll(keepingCapacity: true)
    byteEnds.removeAll(keepingCapacity: true)
  }

  private func scores(_ linear: LinearScorer, _ longTexts: LongTexts) -> LinearScores {
    var start = 0
    let tokens = byteEnds.map { end in
      defer { start = end }
      return bytes[start..<end]
    }
    return linear.linearScores(of: tokens, read: longTexts.read(tokens))
  }
}
