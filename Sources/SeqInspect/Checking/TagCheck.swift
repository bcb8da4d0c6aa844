import SeqCore
import SeqData
import SeqMetrics

/// Looks at tags that mark spans: one scheme in all parts, and sequences that the scheme allows.
struct TagCheck {
  private let all: Collection
  private let data: InspectedData
  private let tags: [SpanTag]

  init(_ all: Collection, _ data: InspectedData) {
    (self.all, self.data) = (all, data)
    tags = all.table.labels.names.map { SpanTag($0) }
  }

  /// Adds what is wrong and returns the scheme; `nil` if the tags mark no spans.
  func run(_ findings: inout FindingList) -> TagScheme? {
    guard data.wanted == .tags else { return nil }
    let used = Set(all.statistics.flatMap(\.labels.keys))
    if let scheme = TagScheme.fitting(all) {
      checkParts(scheme, &findings)
      return scheme
    }
    return checkStrangers(used, &findings)
  }

  /// Tags that mark spans by one scheme as a whole: a part may lack the ends that another has.
  private func checkParts(_ scheme: TagScheme, _ findings: inout FindingList) {
    let schemes = all.statistics.map { part in TagScheme.detect(part.labels.keys.map { tags[$0].name }) }
    for (part, own) in schemes.enumerated() {
      guard let own else { continue }
      let isMixed = own != scheme && (own.marksEnds != scheme.marksEnds) && hasLongSpan(part)
      if isMixed {
        findings.add(.mixedScheme) {
          FindingList.Draft(
            kind: .mixedScheme, part: part,
            message: "the tags are \(own.title), those of the other parts \(scheme.title)",
            remedy: "try to bring all parts into one scheme")
        }
      }
      checkSequences(of: part, isMixed ? own : scheme, &findings)
    }
  }

  /// Whether some span of a part has two tokens, so that its end would be marked.
  private func hasLongSpan(_ part: Int) -> Bool {
    all.statistics[part].labels.keys.contains { tags[$0].place == .inside }
  }

  /// Tags of which most mark spans by one scheme: the others are reported, and the sequences are checked without them.
  private func checkStrangers(_ used: Set<Int>, _ findings: inout FindingList) -> TagScheme? {
    var uses: [Int: Int] = [:]
    for part in all.statistics { for (tag, use) in part.labels { uses[tag, default: 0] += use.count } }
    let isOutside = { (tag: Int) in tags[tag].name == "O" }
    let spanUses = used.filter { tags[$0].place != nil }.reduce(0) { $0 + uses[$1, default: 0] }
    let strangeUses = used.filter { tags[$0].place == nil && !isOutside($0) }.reduce(0) { $0 + uses[$1, default: 0] }
    guard used.contains(where: isOutside), spanUses > 4 * strangeUses else { return nil }
    // The scheme that most uses are of: prefixes are left out from the rarest on until one fits.
    var prefixes: [Unicode.Scalar: Int] = [:]
    for tag in used { if let prefix = tags[tag].prefix { prefixes[prefix, default: 0] += uses[tag, default: 0] } }
    var kept = prefixes.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.map(\.key)
    var scheme: TagScheme?
    while scheme == nil, !kept.isEmpty {
      scheme = TagScheme.detect(used.filter { tags[$0].prefix.map(kept.contains) ?? false }.map { tags[$0].name })
      if scheme == nil { kept.removeLast() }
    }
    guard let scheme else { return nil }
    let known = used.filter { tags[$0].prefix.map(kept.contains) ?? false }.map { tags[$0].name } + ["O"]
    for part in all.statistics.indices {
      for (tag, use) in all.statistics[part].labels.sorted(by: { $0.value.record < $1.value.record })
      where !known.contains(tags[tag].name) {
        findings.add(.mixedScheme, all.table, use.record, .tag(use.token)) {
          "tag \"\(tags[tag].name)\" (\(use.count)×) is not of the scheme of the others, \(scheme.title)"
            + didYouMean(tags[tag].name, among: known)
        }
      }
      checkSequences(of: part, scheme, &findings)
    }
    return scheme
  }

  private func checkSequences(of part: Int, _ scheme: TagScheme, _ findings: inout FindingList) {
    for record in all.table.indices where Int(all.table.part[record]) == part {
      var previous = SpanTag.start
      let sequence = all.table.tags(of: record)
      for (token, number) in sequence.enumerated() {
        let tag = tags[Int(number)]
        if let message = scheme.fault(previous, tag) {
          findings.add(.tagSequence, all.table, record, .tag(token), remedy: "try --fix") { message }
        }
        previous = tag
      }
      if let message = scheme.fault(previous, .end) {
        findings.add(.tagSequence, all.table, record, .tag(sequence.count - 1), remedy: "try --fix") { message }
      }
    }
  }
}

/// A tag taken apart.
struct SpanTag {
  enum Place { case begin, inside, end, single }

  /// What stands before the first tag and behind the last one.
  static let start = SpanTag("<start>"), end = SpanTag("<end>")

  let name: String
  let prefix: Unicode.Scalar?
  let place: Place?
  let type: Substring

  init(_ name: String) {
    self.name = name
    let scalars = name.unicodeScalars
    guard let first = scalars.first, scalars.dropFirst().first == "-", scalars.count > 2,
      let place = Self.places[first]
    else {
      (prefix, place, type) = (nil, nil, "")
      return
    }
    (prefix, self.place) = (first, place)
    type = Substring(scalars.dropFirst(2))
  }

  /// The tag and the one before, as messages name them.
  func place(after previous: SpanTag) -> String {
    if name == Self.end.name { return "the sentence ends after \(previous.name)" }
    return previous.name == Self.start.name ? "\(name) at the start of the sentence" : "\(name) after \(previous.name)"
  }

  private static let places: [Unicode.Scalar: Place] = [
    "B": .begin, "I": .inside, "M": .inside, "E": .end, "L": .end, "S": .single, "U": .single, "W": .single,
  ]
}

extension TagScheme {
  /// The scheme of the tags of all parts; `nil` if they mark no spans.
  ///
  /// Names alone cannot tell IOB1 from IOB2 where a type lacks its B: that which breaks fewer rules is taken.
  static func fitting(_ all: Collection) -> TagScheme? {
    let names = all.table.labels.names
    let detected = detect(Set(all.statistics.flatMap(\.labels.keys)).map { names[$0] })
    guard detected == .iob1 || detected == .iob2 else { return detected }
    let tags = names.map { SpanTag($0) }
    var faults: [TagScheme: Int] = [.iob1: 0, .iob2: 0]
    for record in all.table.indices {
      var previous = SpanTag.start
      for number in all.table.tags(of: record) {
        let tag = tags[Int(number)]
        for scheme in [TagScheme.iob1, .iob2] where scheme.fault(previous, tag) != nil {
          faults[scheme, default: 0] += 1
        }
        previous = tag
      }
    }
    return faults[.iob1, default: 0] < faults[.iob2, default: 0] ? .iob1 : .iob2
  }

  var title: String { rawValue.uppercased() }

  /// What is wrong with a tag after another; `nil` if it may stand there.
  func fault(_ previous: SpanTag, _ tag: SpanTag) -> String? {
    let isSameType = previous.type == tag.type
    let goesOn = tag.place == .inside || tag.place == .end
    let isOpen = previous.place == .begin || previous.place == .inside
    switch self {
    case .iob1:
      guard tag.place == .begin, !(isSameType && isOpen) else { return nil }
      return "\(tag.place(after: previous)): IOB1 begins a span with I- unless one of its type ends there"
    case .iob2:
      guard goesOn, !(isSameType && isOpen) else { return nil }
      return "\(tag.place(after: previous)): a span begins with B-\(tag.type)"
    case .bioes, .bilou, .bmes:
      if goesOn, !(isOpen && isSameType) {
        return "\(tag.place(after: previous)): a span of more than one token begins with B-\(tag.type)"
      }
      if isOpen, !(goesOn && isSameType) {
        return "\(tag.place(after: previous)): a span begun with B- ends with \(endPrefix)-\(previous.type)"
      }
      return nil
    }
  }

  /// The prefix of the last token of a span.
  private var endPrefix: String { self == .bilou ? "L" : "E" }
}
