package import SeqLayers
package import SeqTensor

/// What is asked of a prediction beside the label or tag.
package struct PredictionRequest: Sendable {
  /// Scores before the softmax or the CRF, in the place of probabilities.
  package var isOfScores = false
  /// Whether a tagger's tags are wanted.
  package var findsTags = true
  /// Whether probabilities are wanted; where they cost nothing they are there anyway.
  package var findsProbabilities = true
  /// Whether whole tag sequences are asked about: see `DecodedTags.lattice`.
  package var keepsLattice = false
  /// Whether the shard's labels are tags that are given: the others are found around them. −1 is free.
  package var keepsLabels = false

  package init() {}
}

/// The tag sequences of a shard, in the memory of the pass that found them.
package struct DecodedTags {
  /// The tag of each row.
  package let tags: SharedArray<Int32>
  private let scores: Matrix
  private let sweep: ChainSweep?
  private let tables: ChainTables
  private let masses: Matrix?
  private let shape: PackedShape

  fileprivate init(
    tags: SharedArray<Int32>, scores: Matrix, sweep: ChainSweep?, tables: ChainTables, masses: Matrix?,
    shape: PackedShape
  ) {
    (self.tags, self.scores, self.sweep, self.tables, self.shape) = (tags, scores, sweep, tables, shape)
    self.masses = masses
  }

  /// The probabilities of whole tag sequences of the sequence at a place; nil if they were not asked for.
  package func lattice(_ place: Int) -> ChainLattice? {
    sweep.map { ChainLattice(scores: scores, sweep: $0, tables: tables, masses: masses, shape: shape, place: place) }
  }
}

/// Finds tag sequences that keep rules and given tags.
///
/// A softmax tagger with rules is a chain whose transitions score 0 or are forbidden; one without is a chain of zeros.
final class TagDecoder {
  private let rules: TransitionRules?
  private let classes: Int
  /// Made when the first sequence is searched for, since they are as large as the square of the number of tags.
  private lazy var tables = ChainTables(count: classes)
  private let search = ChainSearch()
  private let sweep = ChainSweep()
  private let scoreBuffer = FloatBuffer(), marginalBuffer = FloatBuffer()
  /// nil if each tag is for itself.
  private(set) var decoded: DecodedTags?

  init(_ model: SequenceModel) {
    rules = model.rules
    classes = model.head.classes
  }

  /// - Parameters:
  ///   - logits: [rows, K]; those of tags that cannot be are lowered.
  ///   - transitions: of a CRF; nil for none.
  /// - Returns: the tokens' probabilities [rows, K]; nil if they are the softmax of the logits.
  func decode(
    _ logits: Matrix, _ shard: Shard, _ transitions: TransitionScores?, _ request: PredictionRequest
  ) -> Matrix? {
    decoded = nil
    let isChain = transitions != nil || rules != nil || request.keepsLabels || request.keepsLattice
    guard isChain, request.findsTags || request.keepsLattice else { return nil }
    let findsMarginals = transitions != nil && request.findsProbabilities && !request.isOfScores
    let isPlain = transitions == nil && !request.keepsLabels && !request.keepsLattice
    // Tokens that are best by themselves are the best sequence, if it is allowed.
    if isPlain, areAllowed(logits, shard.shape) { return nil }
    setTables(logits, shard.shape, transitions, sums: request.keepsLattice || findsMarginals)
    if request.keepsLabels { keep(shard.labels, in: logits) }
    search.run(logits, shard.shape, tables)
    let scores = request.keepsLattice ? copied(logits) : logits
    let marginals =
      request.keepsLattice || findsMarginals
      ? marginalBuffer.reserve(rows: logits.rows, columns: logits.columns) : nil
    if let marginals {
      sweep.runBack(scores, shard.shape, tables)
      sweep.runOn(marginals, shard.shape, tables)
    }
    decoded = DecodedTags(
      tags: search.tags, scores: scores, sweep: request.keepsLattice ? sweep : nil, tables: tables, masses: marginals,
      shape: shard.shape)
    return findsMarginals ? marginals : nil
  }

  /// Whether the best tags of all tokens keep the rules.
  private func areAllowed(_ logits: Matrix, _ shape: PackedShape) -> Bool {
    guard let rules else { return true }
    for s in 0..<shape.sequences {
      var tag = logits.argmax(row: shape.row(sequence: s, step: 0))
      guard rules.mayStart(tag) else { return false }
      for t in 1..<max(1, shape.lengths[s]) {
        let next = logits.argmax(row: shape.row(sequence: s, step: t))
        guard rules.mayFollow(next, tag) else { return false }
        tag = next
      }
      guard rules.mayEnd(tag) else { return false }
    }
    return true
  }

  /// What is against the rules costs more than all scores of a sequence can make up for, so that it happens only where
  /// nothing else is left: around given tags that are against the rules themselves.
  private func setTables(_ logits: Matrix, _ shape: PackedShape, _ chain: TransitionScores?, sums: Bool) {
    let (start, transitions, end) = (chain?.start, chain?.transitions, chain?.end)
    var penalty: Float = 0
    if rules != nil {
      let spread = logits.spread + (transitions?.spread ?? 0) + (start?.spread ?? 0) + (end?.spread ?? 0)
      penalty = max(200, 2 * (spread + 1) * Float(shape.steps.count + 1))
    }
    tables.set(
      start: start, transitions: transitions, end: end, rules: rules, penalty: penalty, searches: true, sums: sums)
  }

  /// Rules out all tags but the given ones.
  private func keep(_ labels: [Int32], in logits: Matrix) {
    for (row, label) in labels.enumerated() where label >= 0 {
      let kept = logits[row, Int(label)]
      logits.rows(row..<row + 1).fill(-.infinity)
      logits[row, Int(label)] = kept
    }
  }

  /// The softmax will overwrite the logits.
  private func copied(_ logits: Matrix) -> Matrix {
    let copy = scoreBuffer.reserve(rows: logits.rows, columns: logits.columns)
    copy.copy(from: logits)
    return copy
  }
}

extension Matrix {
  /// The greatest element less the least.
  fileprivate var spread: Float {
    if count == 0 { return 0 }
    let bounds = bounds
    return bounds.upperBound - bounds.lowerBound
  }
}
