import SeqCore
import SeqData
import SeqRecords
import SeqTags

/// Checks tags that mark spans: that all parts use one scheme, and that sequences are well-formed in it.
struct TagCheck {
  private let all: Collection
  private let data: InspectedData
  private let tags: [SpanTag]

  init(_ all: Collection, _ data: InspectedData) {
    (self.all, self.data) = (all, data)
    tags = all.table.labels.names.map { SpanTag($0) }
  }

  /// Adds findings and returns the scheme; `nil` if the tags mark no spans.
  func run(_ findings: inout FindingList) -> TagScheme? {
    guard data.wanted == .tags else { return nil }
    guard let scheme = TagScheme.fitting(all) else {
      checkForm(&findings)
      return nil
    }
    for part in all.statistics.indices {
      let own = TagScheme.census(all, part).differing(from: scheme)
      if let own { reportMixed(part, own, scheme, &findings) } else { checkStrangers(part, scheme, &findings) }
      checkSequences(of: part, own ?? scheme, &findings)
    }
    return scheme
  }

  private func reportMixed(_ part: Int, _ own: TagScheme, _ scheme: TagScheme, _ findings: inout FindingList) {
    findings.add(.mixedScheme) {
      FindingList.Draft(
        kind: .mixedScheme, part: part,
        message: "the tags are \(own.title), those of the other parts \(scheme.title)",
        remedy: "try data.scheme=\(scheme.rawValue), which converts all parts to one scheme")
    }
  }

  /// Finds tags of a part that its scheme does not have.
  private func checkStrangers(_ part: Int, _ scheme: TagScheme, _ findings: inout FindingList) {
    let known = tags.map(\.name).filter { $0 == "O" || scheme.has($0) }
    let strange = all.statistics[part].labels.filter { tags[$0.key].name != "O" && !scheme.has(tags[$0.key].name) }
    for (tag, use) in strange.sorted(by: { ($0.value.record, $0.value.token) < ($1.value.record, $1.value.token) }) {
      findings.add(.mixedScheme, all.table, use.record, .tag(use.token)) {
        "tag \"\(tags[tag].name)\" (\(use.count)×) is not of the scheme of the others, \(scheme.title)"
          + didYouMean(tags[tag].name, among: known)
      }
    }
  }

  /// Finds tags that mark spans in an unusual form: they would count as parts of speech.
  private func checkForm(_ findings: inout FindingList) {
    guard let found = TagForm.unusual(tags.map(\.name)), let first = found.first else { return }
    let number = tags.firstIndex { $0.name == first.tag }
    guard let number, let use = all.statistics.lazy.compactMap({ $0.labels[number] }).first else { return }
    let scheme = TagGrammar.detect(found.map(\.usual)) ?? .iob2
    let names = found.prefix(5).map(\.tag).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
    findings.add(
      .tagForm, all.table, use.record, .tag(use.token),
      remedy:
        "try data.scheme=\(scheme.rawValue), or seqtool convert --scheme \(scheme == .iob2 ? "bio" : scheme.rawValue)"
    ) {
      "these look like spans: \(names), as \(first.usual) for \(first.tag); they count as parts of speech"
    }
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

  /// The borders before the first tag and after the last one.
  static let start = SpanTag("<start>"), end = SpanTag("<end>")

  let name: String
  let prefix: Unicode.Scalar?
  let place: Place?
  let type: Substring

  init(_ name: String) {
    self.name = name
    let scalars = name.unicodeScalars
    let isBare = scalars.count == 1
    guard let first = scalars.first, isBare || scalars.dropFirst().first == "-" && scalars.count > 2,
      let place = Self.places[first]
    else {
      (prefix, place, type) = (nil, nil, "")
      return
    }
    (prefix, self.place) = (first, place)
    type = Substring(scalars.dropFirst(2))
  }

  /// The text of a tag.
  static func text(_ prefix: some StringProtocol, _ type: Substring) -> String {
    type.isEmpty ? String(prefix) : "\(prefix)-\(type)"
  }

  /// The tag and the one before, for messages.
  func place(after previous: SpanTag) -> String {
    if name == Self.end.name { return "the sentence ends after \(previous.name)" }
    return previous.name == Self.start.name ? "\(name) at the start of the sentence" : "\(name) after \(previous.name)"
  }

  private static let places: [Unicode.Scalar: Place] = [
    "B": .begin, "I": .inside, "M": .inside, "E": .end, "L": .end, "S": .single, "U": .single, "W": .single,
  ]
}

extension TagScheme {
  /// The scheme of the first part that has one; `nil` if the tags mark no spans.
  static func fitting(_ all: Collection) -> TagScheme? {
    all.statistics.indices.lazy.compactMap { census(all, $0).scheme }.first
  }

  /// In which schemes the sequences of a part are well-formed.
  static func census(_ all: Collection, _ part: Int) -> SchemeCensus {
    var census = SchemeCensus()
    let names = all.table.labels.names
    for record in all.table.indices where Int(all.table.part[record]) == part {
      census.add(all.table.tags(of: record).lazy.map { names[Int($0)] })
    }
    return census
  }

  var title: String { rawValue.uppercased() }

  /// What is wrong with a tag after another; `nil` if it is allowed.
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
      return "\(tag.place(after: previous)): a span begins with \(SpanTag.text("B", tag.type))"
    case .bioes, .bilou, .bmes:
      if goesOn, !(isOpen && isSameType) {
        return "\(tag.place(after: previous)): a span of more than one token begins with \(SpanTag.text("B", tag.type))"
      }
      if isOpen, !(goesOn && isSameType) {
        return
          "\(tag.place(after: previous)): a span that begins with \(SpanTag.text("B", previous.type)) ends with \(SpanTag.text(endPrefix, previous.type))"
      }
      return nil
    }
  }

  /// The prefix of the last token of a span.
  private var endPrefix: String { self == .bilou ? "L" : "E" }
}
