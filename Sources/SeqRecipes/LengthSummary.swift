/// The quantiles of numbers of tokens.
package struct LengthSummary {
  private let sorted: [(length: Int, count: Int)]
  /// The number of records.
  package let records: Int

  /// - Parameter lengths: how many records have each length.
  package init(_ lengths: [Int: Int]) {
    sorted = lengths.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    records = sorted.reduce(0) { $0 + $1.count }
  }

  /// The smallest length that a share of the records do not exceed; 0 without records.
  package func quantile(_ share: Double) -> Int {
    var seen = 0
    for (length, count) in sorted {
      seen += count
      if Double(seen) >= share * Double(records) { return length }
    }
    return sorted.last?.length ?? 0
  }
}
