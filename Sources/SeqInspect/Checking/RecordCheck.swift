import SeqCore
import SeqData
import SeqRecipes
import SeqRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Finds records without text, and records that are far longer than all others.
struct RecordCheck {
  private let all: Collection
  private let data: InspectedData

  init(_ all: Collection, _ data: InspectedData) { (self.all, self.data) = (all, data) }

  func run(_ findings: inout FindingList) {
    let limit = Self.longest(all.statistics)
    // If most texts have it, as in text that was tokenised before, it is not a mistake.
    let edges = all.table.hasBlankEdges.count { $0 }
    let reportsEdges = edges * 10 < all.table.count
    for record in all.table.indices {
      if reportsEdges, all.table.hasBlankEdges[record], all.table.length[record] > 0 {
        findings.add(.blankEdges, all.table, record, .text, quotesText: true) { "begins or ends with white space" }
      }
      let length = Int(all.table.length[record])
      if length == 0 {
        findings.add(.emptyText, all.table, record, .text, remedy: "try --fix with --drop empty") {
          data.wanted == .text ? "no text" : "\(data.wanted == .tags ? "" : "a ")\(data.answerNoun) without a text"
        }
      } else if let limit, length > limit {
        findings.add(.length, all.table, record, .text) {
          "\(length.grouped) tokens, where nearly all texts have at most \(limit.grouped)"
        }
      }
    }
  }

  /// The length above which a text is an outlier: on a logarithmic scale, three interquartile ranges above the upper
  /// quartile (Tukey 1977), and at least 50 tokens.
  static func longest(_ statistics: [PartStatistics]) -> Int? {
    var lengths: [Int: Int] = [:]
    for part in statistics { lengths.merge(part.lengths, uniquingKeysWith: +) }
    lengths[0] = nil
    let summary = LengthSummary(lengths)
    guard summary.records >= 20 else { return nil }
    let (low, high) = (log(Double(summary.quantile(0.25))), log(Double(summary.quantile(0.75))))
    // Equal lengths would give a range of 0.
    return max(50, Int(exp(high + 3 * max(high - low, 0.25))))
  }
}

extension Int {
  /// The number with a comma between each three digits.
  var grouped: String {
    var digits = Array(String(magnitude))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return (self < 0 ? "-" : "") + String(digits)
  }
}
