/// What a repair changed.
public struct RepairReport: Sendable {
  /// One line per file and change.
  public private(set) var lines: [String] = []

  mutating func add(_ counts: RepairCounts, source: String, target: String) {
    var changes = LineRepair.names.compactMap { kind, one, many in
      counts.characters[kind].map { Self.count($0, one, many) }
    }
    if counts.tags > 0 { changes.append(Self.count(counts.tags, "tag made well-formed", "tags made well-formed")) }
    if !counts.unreadable.isEmpty {
      let shown = counts.unreadable.prefix(5).joined(separator: ", ") + (counts.unreadable.count > 5 ? " …" : "")
      let isOfLines = !shown.contains(":")
      let lines = (isOfLines ? counts.unreadable.count == 1 ? "line " : "lines " : "") + shown
      changes.append(
        Self.count(counts.unreadable.count, "record", "records") + " that cannot be read left out (\(lines))")
    }
    lines.append("\(source) → \(target): \(changes.isEmpty ? "copied as it is" : changes.joined(separator: "; "))")
  }

  mutating func add(_ plan: RepairPlan, part: InspectedData.Part) {
    for (kind, name) in [
      (DataRepair.Dropped.duplicates, "text and answer came before"),
      (.leaks, "text is in another part"), (.conflicts, "text has several answers"),
      (.empty, "no text"),
    ] {
      let count = plan.dropped.values.count { $0 == kind }
      if count > 0 { lines.append("\(part.name): \(Self.count(count, "record", "records")) left out: \(name)") }
    }
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    number == 1 ? "1 \(one)" : "\(number.grouped) \(many)"
  }
}
