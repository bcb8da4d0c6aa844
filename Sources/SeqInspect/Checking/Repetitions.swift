/// Which records have the same text, and how many of them can be right.
struct Repetitions {
  /// The records of each text that occurs more than once, in the order in which they were read, one text after another; and
  /// where those of each text are.
  private let members: [UInt32]
  private let ranges: [Range<UInt32>]
  /// The largest share of right answers for a model with one answer per text: for each part, and for all.
  private let ceilings: [Double?]
  private let ceilingOfAll: Double?

  init(_ table: RecordTable, parts: Int) {
    // Sorting numbers takes a fraction of the memory of a dictionary of lists.
    var order = table.indices.map { UInt32(truncatingIfNeeded: $0) }
    order.sort { (table.text[Int($0)], $0) < (table.text[Int($1)], $1) }
    var ranges: [Range<UInt32>] = []
    var (start, kept) = (0, 0)
    while start < order.count {
      var end = start + 1
      while end < order.count, table.text[Int(order[end])] == table.text[Int(order[start])] { end += 1 }
      if end > start + 1 {
        for index in start..<end { order[kept + index - start] = order[index] }
        ranges.append(UInt32(kept)..<UInt32(kept + end - start))
        kept += end - start
      }
      start = end
    }
    let members = Array(order.prefix(kept))
    self.members = members
    self.ranges = ranges
    ceilings = (0..<parts).map { [ranges] part in
      Self.ceiling(table, members, ranges) { Int(table.part[$0]) == part }
    }
    ceilingOfAll = Self.ceiling(table, members, ranges) { _ in true }
  }

  /// Calls `body` with the records of each text that occurs more than once, in the order in which they were read; at
  /// least two.
  func forEachGroup(_ body: ([Int]) -> Void) { for range in ranges { body(Self.group(members, range)) } }

  private static func group(_ members: [UInt32], _ range: Range<UInt32>) -> [Int] {
    members[Int(range.lowerBound)..<Int(range.upperBound)].map { Int($0) }
  }

  /// The largest share that can be right in a part, or in all parts: that of the most frequent answer for each text.
  /// `nil` without records.
  func ceiling(of part: Int?) -> Double? { part.map { ceilings[$0] } ?? ceilingOfAll }

  private static func ceiling(
    _ table: RecordTable, _ members: [UInt32], _ ranges: [Range<UInt32>], of isMember: (Int) -> Bool
  ) -> Double? {
    let count = table.indices.count(where: isMember)
    guard count > 0 else { return nil }
    var lost = 0
    for range in ranges {
      var counts: [UInt64: Int] = [:]
      for record in group(members, range) where isMember(record) { counts[table.answer[record], default: 0] += 1 }
      lost += counts.values.reduce(0, +) - (counts.values.max() ?? 0)
    }
    return Double(count - lost) / Double(count)
  }
}
