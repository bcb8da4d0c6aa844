import SeqCore
import SeqInspect
import SeqMetrics
import SeqTags

/// A check's findings in the form of compiler messages, and a table of the parts.
struct CheckRendering {
  private let report: CheckReport

  init(_ report: CheckReport) { self.report = report }

  func write(to terminal: Terminal) throws(SeqError) {
    for group in report.groups {
      let style: Terminal.Style = group.kind.isError ? .red : .yellow
      for finding in group.shown { try terminal.writeLine(finding.description, style: style) }
      let hidden = group.count - group.shown.count
      if hidden > 0 { try terminal.writeLine("  and \(hidden) more [\(group.kind.rawValue)]", style: style) }
    }
    if !report.groups.isEmpty { try terminal.writeLine("") }
    try terminal.writeLine(report.table)
    try terminal.writeLine("")
    try terminal.writeLine(verdict, style: .bold)
  }

  private var verdict: String {
    var parts = [Self.count(report.errors, "error"), Self.count(report.warnings, "warning")]
    if let scheme = report.scheme { parts.append("tags in \(scheme.rawValue.uppercased())") }
    if let ceiling = report.ceiling, ceiling < 1 {
      parts.append(
        "repeated texts with different answers limit the attainable score to \(percent(ceiling)) over all parts")
    }
    return parts.joined(separator: ", ")
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number == 0 ? "no" : "\(number)") \(noun)s"
  }
}
