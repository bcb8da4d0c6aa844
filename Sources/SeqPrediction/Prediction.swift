package import SeqLayers
package import SeqModel
package import SeqTensor

/// The class probabilities of one sequence, in the memory of the pass that computed them: valid while it is handed over.
package struct Prediction {
  private let probabilities: Matrix
  private let steps: [Range<Int>]
  private let place: Int
  private let isStepwise: Bool
  private let labels: Matrix?
  private let decoded: DecodedTags?
  /// Rows: one for a classifier, the tokens for a tagger.
  package let count: Int

  /// - Parameter place: of the sequence in its shard.
  package init(
    probabilities: Matrix, labels: Matrix?, decoded: DecodedTags?, shape: PackedShape, place: Int, topology: Topology
  ) {
    self.probabilities = probabilities
    (self.labels, self.decoded) = (labels, decoded)
    self.place = place
    steps = shape.steps
    isStepwise = topology.isStepwise
    count = isStepwise ? shape.lengths[place] : 1
  }

  /// The probabilities of the sequence, or of its token at a step, as a copy.
  package subscript(_ step: Int) -> [Float] { probabilities.row(row(step)) }

  /// The probabilities of the sequence, or of its token at a step, as [1, classes].
  package func probabilities(_ step: Int = 0) -> Matrix { probabilities.rows(row(step)..<row(step) + 1) }

  /// Calls `body` with the probabilities of the sequence, or of its token at a step.
  package func withProbabilities<Result>(_ step: Int = 0, _ body: (Span<Float>) -> Result) -> Result {
    probabilities.withRow(row(step), body)
  }

  /// The most probable class of the sequence, the first of equals; or the tag of its token at a step, which is the most
  /// probable one of that token where nothing relates it to its neighbours.
  package func best(_ step: Int = 0) -> Int {
    decoded.map { Int($0.tags[row(step)]) } ?? probabilities.argmax(row: row(step))
  }

  /// The probability of one class of the sequence, or of its token at a step.
  package func probability(_ step: Int = 0, of label: Int) -> Float { probabilities[row(step), label] }

  /// The probabilities of the labels of the sequence beside its tags, as [1, labels]; nil if the model gives none.
  package var labelProbabilities: Matrix? { labels.map { $0.rows(place..<place + 1) } }

  /// The probabilities of whole tag sequences, if they were asked for.
  package var lattice: ChainLattice? { decoded?.lattice(place) }

  private func row(_ step: Int) -> Int { isStepwise ? steps[step].lowerBound + place : place }
}
