import SeqCore
import SeqData
import SeqRecords
import SeqTags

/// Checks labels or tags: names that differ only in case or white space, labels that do not occur in training, rare and
/// unbalanced ones.
struct LabelCheck {
  /// The largest ratio of the most frequent label to the rarest without a warning.
  static let balance = 20

  private let all: Collection
  private let data: InspectedData
  private var names: [String] { all.table.labels.names }

  init(_ all: Collection, _ data: InspectedData) { (self.all, self.data) = (all, data) }

  func run(_ findings: inout FindingList) {
    checkNames(&findings)
    guard let train = all.statistics.first else { return }
    for part in all.statistics.dropFirst() { checkUnseen(part, train, &findings) }
    checkRare(train, &findings)
    if data.wanted == .label { checkBalance(train, &findings) }
  }

  private var noun: String { data.wanted == .tags ? "tag" : "label" }

  /// Finds labels that a person would consider the same.
  private func checkNames(_ findings: inout FindingList) {
    var first: [String: Int] = [:]
    for (number, name) in names.enumerated() {
      let folded = name.lowercased().filter { !$0.isWhitespace && $0 != "_" }
      guard let other = first[folded] else {
        first[folded] = number
        if name != name.trimmed, let use = firstUse(of: number) { reportEdges(use, name, &findings) }
        continue
      }
      guard let use = firstUse(of: number) else { continue }
      findings.add(.labelVariant, all.table, use.record, role(use)) {
        "\(noun) \"\(name.printable)\" (\(count(of: number).grouped)×) differs only in case or white space from "
          + "\"\(names[other].printable)\" (\(count(of: other).grouped)×)"
      }
    }
  }

  private func reportEdges(_ use: LabelUse, _ name: String, _ findings: inout FindingList) {
    findings.add(.blankEdges, all.table, use.record, role(use)) {
      "\(noun) \"\(name.printable)\" begins or ends with white space"
    }
  }

  private func role(_ use: LabelUse) -> FieldRequest.Role { data.wanted == .tags ? .tag(use.token) : .label }

  private func firstUse(of label: Int) -> LabelUse? { all.statistics.lazy.compactMap { $0.labels[label] }.first }

  private func count(of label: Int) -> Int { all.statistics.reduce(0) { $0 + ($1.labels[label]?.count ?? 0) } }

  private func checkUnseen(_ part: PartStatistics, _ train: PartStatistics, _ findings: inout FindingList) {
    let unseen = part.labels.filter { train.labels[$0.key] == nil }
    for (label, use) in unseen.sorted(by: { ($0.value.record, $0.value.token) < ($1.value.record, $1.value.token) }) {
      findings.add(.unseenLabel, all.table, use.record, role(use)) {
        "\(noun) \"\(names[label].printable)\" (\(use.count.grouped)× here) never occurs in \(data.parts[0].name), "
          + "so it cannot be predicted"
      }
    }
  }

  private func checkRare(_ train: PartStatistics, _ findings: inout FindingList) {
    let rare = train.labels.filter { $0.value.count == 1 }
    for (label, use) in rare.sorted(by: { ($0.value.record, $0.value.token) < ($1.value.record, $1.value.token) }) {
      findings.add(.rareLabel, all.table, use.record, role(use)) {
        "\(noun) \"\(names[label].printable)\" occurs once in \(data.parts[0].name)"
      }
    }
  }

  private func checkBalance(_ train: PartStatistics, _ findings: inout FindingList) {
    let sorted = train.labels.sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }
    guard let most = sorted.first, let least = sorted.last, most.value.count > Self.balance * least.value.count else {
      return
    }
    findings.add(.imbalance) {
      FindingList.Draft(
        kind: .imbalance, part: 0,
        message: "\(names[most.key].printable) has \(most.value.count.grouped) of \(train.records.grouped) records, "
          + "\(names[least.key].printable) \(least.value.count.grouped): macro F1 says more than accuracy",
        remedy: "try training.classWeights")
    }
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    var scalars = unicodeScalars[...]
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(String.UnicodeScalarView(scalars))
  }
}
