/// What a repair changed.
public struct RepairReport: Sendable {
  /// A line a file and a change.
  public private(set) var lines: [String] = []

  mutating func add(_ copy: RepairedCopy, source: String, target: String) {
    var changes = LineRepair.names.compactMap { kind, name in copy.changes[kind].map { "\($0.grouped) \(name)" } }
    if copy.tags > 0 { changes.append("\(copy.tags.grouped) tags made well-formed") }
    if !copy.unreadable.isEmpty {
      let shown = copy.unreadable.prefix(5).map(String.init).joined(separator: ", ")
      let more = copy.unreadable.count > 5 ? " …" : ""
      changes.append("\(copy.unreadable.count.grouped) records that cannot be read left out (lines \(shown)\(more))")
    }
    lines.append("\(source) → \(target): \(changes.isEmpty ? "copied as it is" : changes.joined(separator: "; "))")
  }

  mutating func add(_ plan: RepairPlan, part: InspectedData.Part) {
    for (kind, name) in [
      (DataRepair.Dropped.duplicates, "that repeat another"), (.leaks, "whose text is in another part"),
      (.conflicts, "of texts with more than one answer"), (.empty, "without text"),
    ] {
      let count = plan.dropped.values.count { $0 == kind }
      if count > 0 { lines.append("\(part.name): \(count.grouped) records \(name) left out") }
    }
  }
}
