import SeqTensor

/// The steps of a packed batch in the order in which a sweep visits them, and which rows of a step continue which rows
/// of the step before.
///
/// The state that a sweep begins with is kept apart from the batch's rows, or in front of them. One task at a time uses
/// it.
final class SweepOrder {
  private let isReversed: Bool
  private var shape = PackedShape()
  /// Sequences whose first step has a predecessor: the state that the sweep began with.
  private var initialRows = 0
  /// Rows that states have in front of the batch's.
  private var front = 0
  private let laterBuffer = IndexBuffer(), earlierBuffer = IndexBuffer()

  init(isReversed: Bool = false) { self.isReversed = isReversed }

  /// Starts a sweep.
  /// - Parameters:
  ///   - initialRows: rows of the state that it begins with; 0 for zeros.
  ///   - isInFront: whether these are the first rows of the sweep's states, so that row r of the batch has state
  ///     `initialRows + r`.
  func begin(_ shape: PackedShape, initialRows: Int, isInFront: Bool = false) {
    (self.shape, self.initialRows) = (shape, initialRows)
    front = isInFront ? initialRows : 0
    laterBuffer.removeAll()
    earlierBuffer.removeAll()
  }

  /// The rows of the step that the sweep visits as its t-th.
  func rows(_ t: Int) -> Range<Int> { shape.steps[isReversed ? shape.steps.count - 1 - t : t] }

  /// The states of the step visited before the t-th that continue into it: the batch is sorted by length, so they are
  /// the first ones. Forwards, sequences drop out; backwards, they join with a zero state. At the first step, the rows
  /// of the state that the sweep began with.
  func previousRows(_ t: Int) -> Range<Int> {
    guard t > 0 else { return 0..<initialRows }
    let before = rows(t - 1)
    let start = front + before.lowerBound
    return start..<start + min(rows(t).count, before.count)
  }

  /// The rows of the t-th step that have a predecessor: the first ones.
  func continuingRows(_ t: Int) -> Range<Int> {
    let start = rows(t).lowerBound
    return start..<start + previousRows(t).count
  }

  /// Keeps which rows of the t-th step have a predecessor among the sweep's states, for the products over all steps.
  func keep(_ t: Int) {
    guard t > 0 || front > 0 else { return }
    if front == 0 { laterBuffer.append(contentsOf: continuingRows(t)) }
    earlierBuffer.append(contentsOf: previousRows(t))
  }

  /// The links that `keep` was told of.
  var links: StepLinks {
    StepLinks(
      later: front > 0 ? nil : laterBuffer.indices, earlier: earlierBuffer.indices,
      first: shape.steps.isEmpty ? 0..<0 : rows(0))
  }
}
