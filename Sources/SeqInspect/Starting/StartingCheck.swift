package import SeqCore
import SeqData

/// The findings in the data of a new project that the user should see before the first fit.
package struct StartingCheck {
  /// Kinds that harm a model or its scores; less important kinds are left to `seqtool data check`.
  private static let important: [FindingKind] = [
    .unreadable, .encoding, .mixedScheme, .tagSequence, .replacement, .mojibake, .emptyText, .labelVariant,
    .unseenLabel, .rareLabel, .imbalance, .conflict, .leak,
  ]

  /// The lines for the user, errors first.
  package let lines: [String]
  /// Records that cannot be read.
  package let unreadable: Int
  /// The number of all warnings, including those of other kinds.
  package let warnings: Int

  /// Checks some data.
  /// - Throws: errors that stop reading.
  package init(_ data: InspectedData) throws(SeqError) {
    var settings = CheckSettings()
    settings.limit = 2
    settings.ignored = [.nearDuplicate, .nearLeak]
    let report = try DataCheck(data, settings: settings).run()
    var lines: [String] = []
    for group in report.groups where Self.important.contains(group.kind) {
      lines += group.shown.map(\.description)
      let hidden = group.count - group.shown.count
      if hidden > 0 { lines.append("  and \(hidden) more [\(group.kind.rawValue)]") }
    }
    self.lines = lines
    unreadable = report.groups.filter { $0.kind == .unreadable || $0.kind == .encoding }.reduce(0) { $0 + $1.count }
    warnings = report.warnings
  }
}
