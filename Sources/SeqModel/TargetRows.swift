package import SeqTensor

/// The targets of a shard's sequences in a packed order of their own, the longest target first.
///
/// The tokens of a target end with `end`; what goes into the decoder is the same, one step later, after `start`.
package struct TargetRows: Sendable {
  /// The end of a target as a class, and the start as an input: the number that stands for padding, which no text has.
  package static let end: Int32 = 0
  package static let start: Int32 = 0

  /// What stands for tokens that are not known: it goes in, but is not to be predicted.
  package static let unknown: Int32 = 1

  package private(set) var shape = PackedShape()
  /// The token before each row.
  package private(set) var inputs: [Int32] = []
  /// For each target, the place of its source in the shard.
  package private(set) var sources: [Int32] = []
  /// The tokens to be predicted, row by row.
  private var labels: [Int32] = []

  package init() {}

  /// Takes other targets, reusing the memory.
  /// - Parameters:
  ///   - length: of the target of a source, its end included.
  ///   - token: of the target of a source, at a step.
  mutating func fill(count: Int, length: (Int) -> Int, token: (_ source: Int, _ step: Int) -> Int32) {
    sort(count, length)
    shape.set(count: count) { length(Int(sources[$0])) }
    inputs.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    for t in shape.steps.indices {
      for s in 0..<shape.steps[t].count {
        let source = Int(sources[s])
        inputs.append(t == 0 ? Self.start : token(source, t - 1))
        let label = token(source, t)
        labels.append(label == Self.unknown ? -1 : label)
      }
    }
  }

  func forEachLabel(_ body: (Int32) -> Void) { for label in labels { body(label) } }

  /// By insertion, since a shard is small and the library's sort allocates; equals stay in order.
  private mutating func sort(_ count: Int, _ length: (Int) -> Int) {
    sources.removeAll(keepingCapacity: true)
    for source in 0..<count {
      sources.append(Int32(source))
      var i = source
      while i > 0, length(Int(sources[i - 1])) < length(Int(sources[i])) {
        sources.swapAt(i - 1, i)
        i -= 1
      }
    }
  }
}
