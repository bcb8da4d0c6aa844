import Foundation
import SeqMetrics
import SeqTestSupport
import Testing

/// docs/reference/metrics.md, compared with the declarations.
struct MetricPageTests {
  @Test func `the page names every metric and says which way is better`() throws {
    let page = try String(contentsOfFile: packageFolder + "/docs/reference/metrics.md", encoding: .utf8)
    for metric in Metric.all { #expect(page.contains("`\(metric.name)`"), "\(metric.name)") }
    let lower = try #require(page.split(separator: "Lower is better for ").last?.split(separator: ". Higher").first)
    for metric in Metric.all {
      #expect(lower.contains("`\(metric.name)`") != metric.isHigherBetter, "\(metric.name)")
    }
  }
}
