public import SeqCore
import SeqData
import SeqMetrics

/// Writes a copy of data in which is mended what can be mended without a person.
///
/// Characters and tag sequences are mended; records that cannot be read are left out, and others if that is asked for.
/// Everything else is copied byte by byte.
public struct DataRepair {
  /// Records that may be left out.
  public enum Dropped: Sendable, CaseIterable {
    /// All but the first of each text and answer in a part.
    case duplicates
    /// Those of the first part whose text is in another part.
    case leaks
    /// Those of a text that has more than one answer in its part.
    case conflicts
    /// Those without text.
    case empty
  }

  private let data: InspectedData
  private let dropped: Set<Dropped>

  /// A repair of some data.
  public init(_ data: InspectedData, dropping dropped: Set<Dropped>) {
    (self.data, self.dropped) = (data, dropped)
  }

  /// Writes the copy into a new folder, under the files' own names, unpacked.
  /// - Throws: `.inputOutput` if the folder exists and is not empty, or cannot be written.
  public func write(to folder: String) throws(SeqError) -> RepairReport {
    let all = try Collection(data, nearThreshold: nil, isLenient: true)
    let scheme = TagScheme.fitting(all)
    var report = RepairReport()
    let target = try NewFolder(folder)
    try target.fill { beside throws(SeqError) in
      for (number, part) in data.parts.enumerated() {
        let plan = RepairPlan(all, number, dropped)
        for (source, name) in try sources(of: part, number) {
          let path = beside + "/" + name
          try FileSystem.makeFolder(FileSystem.folder(of: path))
          var copy = RepairedCopy(data, source: source, plan: plan, scheme: scheme, table: all.table)
          try copy.write(to: path)
          report.add(copy, source: source, target: target.path + "/" + name)
        }
        report.add(plan, part: part)
      }
    }
    return report
  }

  /// The files of a part, and what they are called in the copy.
  private func sources(of part: InspectedData.Part, _ number: Int) throws(SeqError) -> [(String, String)] {
    let base = Self.name(part.path)
    let isUnique = data.parts.count { Self.name($0.path) == base } == 1
    let name = isUnique ? base : "\(part.name)-\(base)"
    guard data.format == .parallel else { return [(part.path, Self.unpacked(name))] }
    let folder = part.path.hasSuffix("/") ? String(part.path.dropLast()) : part.path
    let lines = try Self.lineCount(data.files(of: part)[0])
    var sources: [(String, String)] = []
    for file in FileSystem.names(in: folder) where !FileSystem.isFolder(folder + "/" + file) {
      // Others, such as a read-me, do not belong to the lines.
      if try Self.lineCount(folder + "/" + file) == lines || data.files(of: part).contains(folder + "/" + file) {
        sources.append((folder + "/" + file, name + "/" + Self.unpacked(file)))
      }
    }
    return sources
  }

  private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  private static func unpacked(_ name: String) -> String { name.hasSuffix(".gz") ? String(name.dropLast(3)) : name }

  private static func lineCount(_ path: String) throws(SeqError) -> Int {
    var lines = try RawLines(path, maximumLineBytes: 1 << 28)
    while try lines.next() {}
    return lines.number
  }
}
