public import SeqCore
import SeqData
import SeqRecords

/// Finds everything in data that harms models or their scores, in one run.
///
/// It scans the bytes first and then reads the records once, keeping only numbers of each. Then it looks up the few
/// places that messages name. Memory grows by about a hundred bytes per record and with the vocabulary, not with the
/// texts.
public struct DataCheck {
  let data: InspectedData
  let settings: CheckSettings

  /// A check of some data.
  public init(_ data: InspectedData, settings: CheckSettings = CheckSettings()) {
    (self.data, self.settings) = (data, settings)
  }

  /// Checks everything.
  /// - Throws: an error if a file is missing or damaged.
  public func run() throws(SeqError) -> CheckReport {
    var findings = FindingList(limit: settings.limit, ignored: settings.ignored)
    for number in data.parts.indices { try scanCharacters(number, &findings) }
    let searchesNear = !settings.ignored.isSuperset(of: [.nearDuplicate, .nearLeak])
    let all = try Collection(data, nearThreshold: searchesNear ? settings.nearThreshold : nil, isLenient: true)
    addProblems(all, &findings)
    let scheme = TagCheck(all, data).run(&findings)
    RecordCheck(all, data).run(&findings)
    LabelCheck(all, data).run(&findings)
    let repetitions = Repetitions(all.table, parts: data.parts.count)
    RepetitionCheck(all, data, repetitions).run(&findings)
    var vectors: [WordVectorFile] = []
    for path in settings.vectors.map({ [$0] }) ?? data.vectors { vectors.append(try WordVectorFile(path, for: all)) }
    VocabularyCheck(all, data, vectors).run(&findings)
    return CheckReport(
      parts: data.parts.indices.map { PartSummary(data.parts[$0], all, $0, repetitions, vectors.first) },
      groups: try findings.resolved(in: data), ceiling: repetitions.ceiling(of: nil), scheme: scheme,
      isTagging: data.wanted == .tags)
  }

  private func scanCharacters(_ part: Int, _ findings: inout FindingList) throws(SeqError) {
    func passingOver(_ body: () throws(SeqError) -> Void) throws(SeqError) {
      // The reader finds the same line, or a folder without files, and reports it.
      do throws(SeqError) { try body() } catch { if error.kind != .data { throw error } }
    }
    try passingOver { () throws(SeqError) in
      for file in try data.files(of: data.parts[part]) where FileSystem.exists(file) {
        try passingOver { () throws(SeqError) in
          try CharacterScan(file: file, part: part, options: data.reading).run(&findings)
        }
      }
    }
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

/// What a check looks for, and how many findings it shows.
public struct CheckSettings: Sendable {
  /// Findings to show of each kind; 0 for all.
  public var limit = 5
  /// Kinds to leave out.
  public var ignored: Set<FindingKind> = []
  /// How similar two texts must be to count as nearly the same: the share of their runs of three words that both have.
  public var nearThreshold = 0.8
  /// A file of word vectors whose coverage to measure, in the text form of word2vec or GloVe, compressed or not; nil
  /// for those that the data's config names.
  public var vectors: String?

  /// The default settings.
  public init() {}
}
