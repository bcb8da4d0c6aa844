import SeqCore
import SeqData
import SeqInspect
import SeqRecords
import SeqTestSupport
import SeqText

/// A check of files that a test writes, its findings as `part:line:column kind`.
struct Checked {
  let report: CheckReport
  let folder: Workspace

  /// - Parameter files: contents by name; a name's part before the first dot is its part.
  init(
    _ files: [(name: String, content: [UInt8])], reading: ReadingOptions = ReadingOptions(), wanted: Wanted = .label,
    settings: CheckSettings = CheckSettings()
  ) throws {
    folder = try Workspace()
    for file in files { try folder.write(file.content, to: file.name) }
    let data = try Self.data(files.map(\.name), in: folder, reading: reading, wanted: wanted)
    report = try DataCheck(data, settings: settings).run()
  }

  init(
    _ text: String, name: String = "train.csv", reading: ReadingOptions = ReadingOptions(), wanted: Wanted = .label,
    settings: CheckSettings = CheckSettings()
  ) throws {
    try self.init([(name, Array(text.utf8))], reading: reading, wanted: wanted, settings: settings)
  }

  static func data(
    _ names: [String], in folder: Workspace, reading: ReadingOptions = ReadingOptions(), wanted: Wanted = .label
  ) throws -> InspectedData {
    let parts = names.map {
      InspectedData.Part(name: String($0.prefix { $0 != "." }), path: folder.path + "/" + $0)
    }
    return try InspectedData(
      parts: parts, reading: reading, wanted: wanted,
      tokenizer: TokenizerSettings(kind: wanted == .tags ? .whitespace : .word))
  }

  /// All that is shown, but for what small data always has.
  var findings: [String] {
    let usual: Set<FindingKind> = [.rareLabel, .imbalance, .vocabulary]
    return report.groups.filter { !usual.contains($0.kind) }.flatMap(\.shown).map(Self.text)
  }

  func findings(_ kind: FindingKind) -> [String] {
    report.groups.filter { $0.kind == kind }.flatMap(\.shown).map(Self.text)
  }

  func messages(_ kind: FindingKind) -> [String] {
    report.groups.filter { $0.kind == kind }.flatMap(\.shown).map(\.message)
  }

  func count(_ kind: FindingKind) -> Int { report.groups.first { $0.kind == kind }?.count ?? 0 }

  private static func text(_ finding: Finding) -> String {
    let file = finding.place.file?.split(separator: "/").last.map(String.init) ?? ""
    let position = [finding.place.line, finding.place.column].compactMap(\.self).map { ":\($0)" }.joined()
    return "\(file)\(position) \(finding.kind.rawValue)"
  }
}
