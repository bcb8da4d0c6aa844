/// What a repair changed.
public struct RepairReport: Sendable {
  /// A line a file and a change.
  public private(set) var lines: [String] = []

  mutating func add(_ copy: RepairedCopy, source: String, target: String) {
    var changes = LineRepair.names.compactMap { kind, one, many in
      copy.changes[kind].map { Self.count($0, one, many) }
    }
    if copy.tags > 0 { changes.append(Self.count(copy.tags, "tag made well-formed", "tags made well-formed")) }
    if !copy.unreadable.isEmpty {
      let shown = copy.unreadable.prefix(5).map(String.init).joined(separator: ", ")
      let lines =
        copy.unreadable.count == 1 ? "line \(shown)" : "lines \(shown)\(copy.unreadable.count > 5 ? " …" : "")"
      changes.append(
        Self.count(copy.unreadable.count, "record", "records") + " that cannot be read left out (\(lines))")
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
