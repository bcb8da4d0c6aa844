/// Which tags of a scheme may follow each other, and where spans begin and continue; by tag id.
public struct TagGrammar: Sendable, Equatable {
  /// How the tags mark spans.
  public let scheme: TagScheme
  private let table: TagTable

  /// The grammar of a set of tags; nil if some of them do not belong to the scheme.
  public init?(_ scheme: TagScheme, tags: [String]) {
    guard tags.allSatisfy({ $0 == "O" || scheme.has($0) }) else { return nil }
    self.scheme = scheme
    table = TagTable(names: tags)
  }

  /// The scheme that a set of tags looks like, including bare prefixes as in word segmentation (`B`, `M`, `E`, `S`);
  /// nil if they do not mark spans. Bare prefixes must be able to begin a span and to continue it.
  ///
  /// A set cannot always distinguish IOB1 from IOB2: if you have sequences, use `SchemeCensus`.
  public static func detect(_ tags: [String]) -> TagScheme? {
    if let scheme = TagScheme.detect(tags) { return scheme }
    let marks = tags.filter { $0 != "O" }
    guard marks.contains("B"), marks.allSatisfy({ $0.utf8.count == 1 }) else { return nil }
    guard !Set(marks).isDisjoint(with: ["I", "E", "L"]) else { return nil }
    return [TagScheme.bmes, .iob2, .bioes, .bilou].first { scheme in marks.allSatisfy(scheme.has) }
  }

  /// Whether a sequence may begin with a tag.
  public func mayStart(_ tag: Int) -> Bool { scheme.allows(table.tags[tag], after: .outside) }

  /// Whether a tag may follow another.
  public func mayFollow(_ tag: Int, _ previous: Int) -> Bool {
    scheme.allows(table.tags[tag], after: table.tags[previous])
  }

  /// Whether a sequence may end with a tag.
  public func mayEnd(_ tag: Int) -> Bool { scheme.mayEnd(table.tags[tag]) }

  /// Whether a sequence of tags is well-formed.
  public func allows(_ tags: some Sequence<Int>) -> Bool {
    var previous = ParsedTag.outside
    for tag in tags {
      if !scheme.allows(table.tags[tag], after: previous) { return false }
      previous = table.tags[tag]
    }
    return scheme.mayEnd(previous)
  }
}

extension ParsedTag {
  /// Whether a span may continue after it.
  fileprivate var isOpen: Bool { place == .begin || place == .inside }
}

extension TagScheme {
  /// Whether a tag may follow another, which is `.outside` at the start.
  package func allows(_ tag: ParsedTag, after previous: ParsedTag) -> Bool {
    let isSameSpan = previous.isOpen && previous.type == tag.type
    let goesOn = tag.place == .inside || tag.place == .end
    switch self {
    case .iob1: return tag.place != .begin || isSameSpan
    case .iob2: return tag.place != .inside || isSameSpan
    case .bioes, .bilou, .bmes: return goesOn ? isSameSpan : !previous.isOpen
    }
  }

  /// Whether a sequence may end with a tag.
  package func mayEnd(_ tag: ParsedTag) -> Bool { !marksEnds || !tag.isOpen }

  /// The first token whose tag makes a sequence ill-formed, and why. It is the number of tokens if the last span does
  /// not end; `nil` for a well-formed sequence.
  public func fault(in tags: [String]) -> (token: Int, message: String)? {
    var (parser, previous) = (TagParser(), ParsedTag.outside)
    for (i, tag) in tags.enumerated() {
      let parsed = parser.parse(tag)
      let place = i == 0 ? "at the start" : "after \(tags[i - 1])"
      if tag != "O", !has(tag) { return (i, "\(tag), which \(rawValue) does not have") }
      if !allows(parsed, after: previous) { return (i, "\(tag) \(place)") }
      previous = parsed
    }
    return mayEnd(previous) ? nil : (tags.count, "\(tags.last ?? "") at the end")
  }
}

extension TagScheme {
  /// Whether the last token of a span has a prefix of its own.
  public var marksEnds: Bool { self == .bioes || self == .bilou || self == .bmes }

  /// Whether a tag other than `O` belongs to this scheme: one of its prefixes, alone or before `-` and a type.
  public func has(_ tag: String) -> Bool {
    guard let (prefix, _) = ParsedTag.split(tag) else { return false }
    switch self {
    case .iob1, .iob2: return prefix == "B" || prefix == "I"
    case .bioes: return ["B", "I", "E", "S"].contains(prefix)
    case .bilou: return ["B", "I", "L", "U"].contains(prefix)
    case .bmes: return ["B", "M", "E", "S", "W"].contains(prefix)
    }
  }
}

/// Where spans begin and continue in the sense of the CoNLL evaluation script, for any two neighbouring tags.
public struct SpanBorders: Sendable {
  private let table: TagTable

  /// - Parameter tags: the tags, by id.
  public init(tags: [String]) { table = TagTable(names: tags) }

  /// Whether a tag begins a span after another tag, or at the start of the sequence.
  public func starts(_ tag: Int, after previous: Int?) -> Bool {
    SpanScanner.starts(table.tags[tag], after: previous.map { table.tags[$0] } ?? .outside, .conlleval)
  }

  /// Whether a tag continues the span of the tag before.
  public func continues(_ tag: Int, after previous: Int) -> Bool {
    SpanScanner.continues(table.tags[tag], after: table.tags[previous], .conlleval)
  }

  /// Whether two tags mark spans of the same type.
  public func areOfOneType(_ tag: Int, _ other: Int) -> Bool {
    table.tags[tag].type >= 0 && table.tags[tag].type == table.tags[other].type
  }
}
