/// The shape of a batch in packed, time-major order: sequences sorted by length, longest first; step `t` owns the rows
/// `steps[t]`, one per sequence that is still running, so that no padding exists.
package struct PackedShape: Sendable, Equatable {
  package private(set) var steps: [Range<Int>] = []
  /// The lengths, longest first.
  package private(set) var lengths: [Int] = []

  /// Rows in all: the tokens of the batch.
  package var rows: Int { steps.last?.upperBound ?? 0 }
  /// Sequences.
  package var sequences: Int { lengths.count }

  package init() {}

  /// - Parameter lengths: sorted in descending order, all > 0.
  package init(lengths: [Int]) { set(lengths: lengths) }

  /// Takes another shape, reusing the memory. Same precondition as `init(lengths:)`.
  package mutating func set(lengths newLengths: [Int]) { set(count: newLengths.count) { newLengths[$0] } }

  /// Takes the lengths of `count` sequences, longest first and all > 0; reuses the memory.
  package mutating func set(count: Int, length: (Int) -> Int) {
    lengths.removeAll(keepingCapacity: true)
    for s in 0..<count { lengths.append(length(s)) }
    steps.removeAll(keepingCapacity: true)
    var start = 0
    var running = lengths.count
    for t in 0..<(lengths.first ?? 0) {
      while lengths[running - 1] <= t { running -= 1 }
      steps.append(start..<start + running)
      start += running
    }
    precondition(start == lengths.reduce(0, +) && (lengths.last ?? 1) > 0, "lengths not sorted or not positive")
  }

  /// The row of token `t` of sequence `s`.
  package func row(sequence s: Int, step t: Int) -> Int { steps[t].lowerBound + s }

  /// The row of the last token of sequence `s`.
  package func lastRow(sequence s: Int) -> Int { row(sequence: s, step: lengths[s] - 1) }
}
