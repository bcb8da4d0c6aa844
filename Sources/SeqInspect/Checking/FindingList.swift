import SeqCore
import SeqData
import SeqReport
import SeqTags

/// Collects findings; of each kind, it only keeps as many as are shown.
struct FindingList {
  /// A finding whose place in its line is looked up later.
  struct Draft {
    var kind: FindingKind
    var part: Int
    /// The file, if it differs from that of the part, as in a folder of files.
    var file: String?
    var line: Int?
    var column: Int?
    /// The field that the finding is about; its column is looked up.
    var role: FieldRequest.Role?
    /// The message; follows the start of the record's text if `quotesText`.
    var message: String
    var remedy: String?
    var quotesText = false
  }

  private let limit: Int
  private let ignored: Set<FindingKind>
  private(set) var drafts: [FindingKind: [Draft]] = [:]
  private(set) var counts: [FindingKind: Int] = [:]

  /// - Parameter limit: how many of each kind to keep; 0 for all.
  init(limit: Int, ignored: Set<FindingKind>) {
    self.limit = limit == 0 ? .max : limit
    self.ignored = ignored
  }

  /// Adds a finding; its message is only made if it is kept.
  mutating func add(_ kind: FindingKind, _ draft: () -> Draft) {
    if ignored.contains(kind) { return }
    counts[kind, default: 0] += 1
    if drafts[kind, default: []].count < limit { drafts[kind, default: []].append(draft()) }
  }

  /// Adds a finding about a record.
  mutating func add(
    _ kind: FindingKind, _ table: RecordTable, _ record: Int, _ role: FieldRequest.Role, quotesText: Bool = false,
    remedy: String? = nil, _ message: () -> String
  ) {
    add(kind) {
      Draft(
        kind: kind, part: Int(table.part[record]), file: table.file(of: record), line: Int(table.line[record]),
        role: role, message: message(),
        remedy: remedy, quotesText: quotesText)
    }
  }

  /// The groups in the order of the kinds, with the places looked up in the files.
  func resolved(in data: InspectedData) throws(SeqError) -> [FindingGroup] {
    let found = try find(in: data)
    return FindingKind.allCases.compactMap { kind in
      guard let count = counts[kind], let drafts = drafts[kind] else { return nil }
      return FindingGroup(kind: kind, shown: drafts.map { finding($0, data, found) }, count: count)
    }
  }

  /// The places of the wanted fields, part by part.
  private func find(in data: InspectedData) throws(SeqError) -> [[FieldRequest: FoundField]] {
    var found: [[FieldRequest: FoundField]] = []
    for (number, part) in data.parts.enumerated() {
      let requests = drafts.values.joined().filter { $0.part == number }.compactMap(\.request)
      found.append(
        try FieldFinder.find(
          Set(requests), path: part.path, format: data.format, options: data.reading, wanting: data.wanted))
    }
    return found
  }

  private func finding(_ draft: Draft, _ data: InspectedData, _ found: [[FieldRequest: FoundField]]) -> Finding {
    let field = draft.request.flatMap { found[draft.part][$0] }
    let file = draft.file ?? data.parts[draft.part].path
    let place = field?.place ?? Place(file: file, line: draft.line, column: draft.column)
    let text =
      draft.quotesText ? field.map { "\"\($0.excerpt.printable.truncated(toWidth: 40))\" " } ?? "this text " : ""
    return Finding(kind: draft.kind, place: place, message: text + draft.message, remedy: draft.remedy)
  }
}

extension FindingList.Draft {
  fileprivate var request: FieldRequest? {
    guard let line, let role else { return nil }
    return FieldRequest(file: file, line: line, role: role)
  }
}
