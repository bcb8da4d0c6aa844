/// Which records have the same text, and how many of them can be right at most.
struct Repetitions {
  /// Records of equal text.
  struct Group {
    /// In the order in which they were read; two at least.
    var members: [Int]
  }

  private let table: RecordTable
  /// The texts that occur more than once, by their first record.
  let groups: [Group]
  /// The share of right answers that a model can reach which gives each text one answer: for each part, and for all.
  private let ceilings: [Double?]
  private let ceilingOfAll: Double?

  init(_ table: RecordTable, parts: Int) {
    self.table = table
    // Sorting numbers takes a fraction of the memory of a dictionary of lists.
    let order = table.indices.sorted { (table.text[$0], $0) < (table.text[$1], $1) }
    var groups: [Group] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, table.text[order[end]] == table.text[order[start]] { end += 1 }
      if end > start + 1 { groups.append(Group(members: Array(order[start..<end]))) }
      start = end
    }
    groups.sort { $0.members[0] < $1.members[0] }
    self.groups = groups
    ceilings = (0..<parts).map { part in Self.ceiling(table, groups) { Int(table.part[$0]) == part } }
    ceilingOfAll = Self.ceiling(table, groups) { _ in true }
  }

  /// The most that can be right in a part, or in all together: the answer that is most frequent for each text, the
  /// answers known. `nil` without records.
  func ceiling(of part: Int?) -> Double? { part.map { ceilings[$0] } ?? ceilingOfAll }

  private static func ceiling(_ table: RecordTable, _ groups: [Group], of isMember: (Int) -> Bool) -> Double? {
    let count = table.indices.count(where: isMember)
    guard count > 0 else { return nil }
    var lost = 0
    for group in groups {
      var counts: [UInt64: Int] = [:]
      for record in group.members where isMember(record) { counts[table.answer[record], default: 0] += 1 }
      lost += counts.values.reduce(0, +) - (counts.values.max() ?? 0)
    }
    return Double(count - lost) / Double(count)
  }
}
