public import SeqCore
import SeqData

/// Looks through data for what makes models or their scores bad, all in one go.
///
/// Bytes are looked at first, then records are read once; of each only numbers are kept. The few places that messages
/// name are then looked up. Memory grows by some hundred bytes a record and by the vocabulary, not by the texts.
public struct DataCheck {
  let data: InspectedData
  let settings: CheckSettings

  /// A check of some data.
  public init(_ data: InspectedData, settings: CheckSettings = CheckSettings()) {
    (self.data, self.settings) = (data, settings)
  }

  /// Checks everything.
  /// - Throws: what makes reading impossible: a file that is missing or damaged.
  public func run() throws(SeqError) -> CheckReport {
    var findings = FindingList(limit: settings.limit, ignored: settings.ignored)
    for (number, part) in data.parts.enumerated() {
      for file in data.files(of: part) where FileSystem.exists(file) {
        do throws(SeqError) {
          try CharacterScan(file: file, part: number, options: data.reading).run(&findings)
        } catch {
          // The reader meets the same line and reports it.
          if error.kind != .data { throw error }
        }
      }
    }
    let searchesNear = !settings.ignored.isSuperset(of: [.nearDuplicate, .nearLeak])
    let all = try Collection(data, nearThreshold: searchesNear ? settings.nearThreshold : nil, isLenient: true)
    addProblems(all, &findings)
    let scheme = TagCheck(all, data).run(&findings)
    RecordCheck(all, data).run(&findings)
    LabelCheck(all, data).run(&findings)
    let repetitions = Repetitions(all.table, parts: data.parts.count)
    RepetitionCheck(all, data, repetitions).run(&findings)
    let vectors = try settings.vectors.map { path throws(SeqError) in try WordVectorFile(path, for: all) }
    VocabularyCheck(all, data, vectors).run(&findings)
    return CheckReport(
      parts: data.parts.indices.map { PartSummary(data.parts[$0], all, $0, repetitions, vectors) },
      groups: try findings.resolved(in: data), ceiling: repetitions.ceiling(of: nil), scheme: scheme,
      isTagging: data.wanted == .tags)
  }

  private func addProblems(_ all: Collection, _ findings: inout FindingList) {
    for (part, problems) in all.problems.enumerated() {
      for problem in problems {
        findings.add(.unreadable) {
          FindingList.Draft(
            kind: .unreadable, part: part, file: problem.place?.file, line: problem.place?.line,
            column: problem.place?.column, message: problem.message, remedy: problem.remedy.map { "try: \($0)" })
        }
      }
    }
  }
}
