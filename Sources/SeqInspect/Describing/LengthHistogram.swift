import SeqRecipes

/// How many records have lengths within ranges of equal width; the last range is open.
public struct LengthHistogram: Sendable {
  /// A range of lengths, both ends included; the upper end of the last one is the greatest length.
  public struct Bin: Sendable {
    /// `0`, `1–20` or `≥ 281`.
    public var title: String
    /// The records of each part.
    public var counts: [Int]
    fileprivate var range: ClosedRange<Int>
  }

  private static let mostBins = 16

  /// The ranges, from short to long.
  public private(set) var bins: [Bin] = []

  /// - Parameter lengths: for each part, how many records have each length.
  init(_ lengths: [[Int: Int]]) {
    var all: [Int: Int] = [:]
    for part in lengths { all.merge(part, uniquingKeysWith: +) }
    let longest = all.keys.max() ?? 0
    let hasEmpty = all[0] != nil
    all[0] = nil
    if hasEmpty { bins.append(Bin(title: "0", counts: [], range: 0...0)) }
    if longest > 0 {
      // The longest 1 % would press all others into the first bins.
      let usual = max(1, LengthSummary(all).quantile(0.99))
      let width = Self.width(for: usual)
      var start = 1
      while start <= longest {
        let end = start + width - 1
        // Lengths beyond the usual ones share one bin.
        if start > usual {
          bins.append(Bin(title: "≥ \(start)", counts: [], range: start...longest))
          break
        }
        bins.append(Bin(title: width == 1 ? "\(start)" : "\(start)–\(end)", counts: [], range: start...end))
        start = end + 1
      }
    }
    for i in bins.indices {
      let range = bins[i].range
      bins[i].counts = lengths.map { part in part.reduce(0) { range.contains($1.key) ? $0 + $1.value : $0 } }
    }
  }

  /// The smallest of 1, 2, 5, 10, 20, 50 … that gives few enough bins.
  private static func width(for longest: Int) -> Int {
    var power = 1
    while true {
      for factor in [1, 2, 5] where longest <= factor * power * mostBins { return factor * power }
      power *= 10
    }
  }
}
