public import SeqCore
import SeqData
import SeqTags

/// Writes a copy of data in which everything is repaired that needs no human decision.
///
/// It repairs characters and tag sequences, and leaves out records that cannot be read, and others on request.
/// Everything else is copied byte for byte.
public struct DataRepair {
  /// Records that may be left out.
  public enum Dropped: Sendable, CaseIterable {
    /// All but the first of each text and answer in a part.
    case duplicates
    /// Records of the first part whose text is in another part.
    case leaks
    /// Records of a text that has several answers in its part.
    case conflicts
    /// Records without text.
    case empty
  }

  private let data: InspectedData
  private let dropped: Set<Dropped>

  /// A repair of some data.
  public init(_ data: InspectedData, dropping dropped: Set<Dropped>) {
    (self.data, self.dropped) = (data, dropped)
  }

  /// Writes the copy into a new folder, under the files' own names, without compression.
  /// - Throws: `.inputOutput` if the folder exists and is not empty, or cannot be written.
  public func write(to folder: String) throws(SeqError) -> RepairReport {
    let all = try Collection(data, nearThreshold: nil, isLenient: true)
    let scheme = TagScheme.fitting(all)
    var report = RepairReport()
    let target = try NewFolder(folder)
    try target.fill { beside throws(SeqError) in
      for (number, part) in data.parts.enumerated() {
        let plan = RepairPlan(all, number, data, dropped)
        try write(part, number, plan, scheme, all.table, beside, target.path, &report)
        report.add(plan, part: part)
      }
    }
    return report
  }

  /// Writes the files of a part into `folder`, which will be called `target`.
  private func write(
    _ part: InspectedData.Part, _ number: Int, _ plan: RepairPlan, _ scheme: TagScheme?, _ table: RecordTable,
    _ folder: String, _ target: String, _ report: inout RepairReport
  ) throws(SeqError) {
    let base = Self.name(part.path)
    let isUnique = data.parts.count { Self.name($0.path) == base } == 1
    let name = isUnique ? base : "\(part.name)-\(base)"
    var total = RepairCounts()
    for source in try data.sources(of: part) {
      let own = data.format.isFolder ? name + source.ending : SourceFile.unpacked(name)
      var copy = RepairedCopy(data, source: source, plan: plan, table: table)
      try copy.write(
        to: folder + "/" + own, tags: try data.holdsTags(source.path, of: part) ? scheme : nil)
      total += copy.changes
      // A folder of classes may have thousands of files.
      if !data.hasFileAfterFile { report.add(copy.changes, source: source.path, target: target + "/" + own) }
    }
    if data.hasFileAfterFile { report.add(total, source: part.path, target: target + "/" + name) }
  }

  private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
