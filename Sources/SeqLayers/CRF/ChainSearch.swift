package import SeqTensor

/// Viterbi's search for the best tag sequence of each sequence of a shard, all sequences of a step at once.
package final class ChainSearch {
  private let bestBuffer = FloatBuffer()
  private let from = SharedArray<Int32>()
  /// The tag of each row, after `run`.
  package let tags = SharedArray<Int32>()

  package init() {}

  /// - Parameter scores: e [rows, K].
  package func run(_ scores: Matrix, _ shape: PackedShape, _ tables: ChainTables) {
    let width = ChainSearchStep.width(tables.count)
    tags.reset(shape.rows, to: 0)
    from.reset(shape.rows * width, to: 0)
    let best = bestBuffer.reserve(rows: shape.rows, columns: width)
    guard let first = shape.steps.first else { return }
    let start = best.rows(first).columns(0..<tables.count)
    start.copy(from: scores.rows(first))
    start.addToRows(tables.start)
    for t in 1..<shape.steps.count {
      let step = shape.steps[t]
      let before = shape.steps[t - 1].lowerBound
      ChainSearchStep(
        previous: best.rows(before..<before + step.count), transitions: tables.searched, scores: scores.rows(step),
        best: best.rows(step), from: from, firstRow: step.lowerBound
      ).run()
    }
    for s in 0..<shape.sequences { follow(s, shape, best, tables.end) }
  }

  /// Back from the best end of a sequence.
  private func follow(_ s: Int, _ shape: PackedShape, _ best: Matrix, _ end: Matrix) {
    var t = shape.lengths[s] - 1
    var row = shape.row(sequence: s, step: t)
    var tag = 0
    for other in 1..<max(1, end.columns) where best[row, other] + end[0, other] > best[row, tag] + end[0, tag] {
      tag = other
    }
    tags[row] = Int32(tag)
    while t > 0 {
      tag = Int(from[row * best.columns + tag])
      t -= 1
      row = shape.row(sequence: s, step: t)
      tags[row] = Int32(tag)
    }
  }
}
