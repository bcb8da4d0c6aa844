public import SeqCore

extension SplitMix64 {
  /// `count` numbers in [−bound, bound).
  public mutating func floats(_ count: Int, bound: Float = 1) -> [Float] {
    (0..<count).map { _ in Float(uniform() * 2 - 1) * bound }
  }

  /// A number in a closed range.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + index(below: range.count)
  }

  /// `count` lengths in a range, longest first.
  public mutating func lengths(_ count: Int, in range: ClosedRange<Int>) -> [Int] {
    (0..<count).map { _ in integer(in: range) }.sorted(by: >)
  }
}
