/// In which schemes the tags of sequences are well-formed: counts that add up over shards.
///
/// The set of tags is not enough: a single `I-X` without its `B-X` makes the tags of IOB2 look like those of IOB1. So
/// each sequence votes for the schemes in which it is well-formed.
public struct SchemeCensus: Sendable {
  /// What matters of a tag for schemes.
  private struct Form {
    var parsed: ParsedTag
    /// The schemes that include the tag; all for `O`.
    var schemes: SchemeSet
    var uses = 0
  }

  /// The number of sequences with a span.
  public private(set) var sequences = 0
  private var wellFormed = [Int](repeating: 0, count: TagScheme.allCases.count)
  private var forms: [String: Form] = [:]
  private var parser = TagParser()

  /// An empty census.
  public init() {}

  /// Counts a sequence.
  /// - Returns: the schemes in which it is well-formed; all for a sequence without spans.
  @discardableResult
  public mutating func add(_ tags: some Sequence<String>) -> SchemeSet {
    var (fitting, previous, marksSpan) = (SchemeSet.all, ParsedTag.outside, false)
    for tag in tags {
      let form = form(of: tag)
      marksSpan = marksSpan || form.parsed.place != .outside
      fitting.formIntersection(form.schemes)
      fitting.filter { $0.allows(form.parsed, after: previous) }
      previous = form.parsed
    }
    fitting.filter { $0.mayEnd(previous) }
    guard marksSpan else { return .all }
    sequences += 1
    for scheme in SchemeSet.schemes where fitting.contains(SchemeSet(scheme)) { wellFormed[scheme.number] += 1 }
    return fitting
  }

  private mutating func form(of tag: String) -> Form {
    var form = forms[tag] ?? Form(parsed: parser.parse(tag), schemes: SchemeSet(having: tag))
    form.uses += 1
    forms[tag] = form
    return form
  }

  /// Adds the counts of another shard.
  public mutating func merge(_ other: SchemeCensus) {
    sequences += other.sequences
    for i in wellFormed.indices { wellFormed[i] += other.wellFormed[i] }
    for (tag, form) in other.forms {
      forms[tag, default: Form(parsed: parser.parse(tag), schemes: form.schemes)].uses += form.uses
    }
  }
}

extension SchemeCensus {
  /// The number of sequences with a span that are ill-formed in a scheme.
  public func misfits(_ scheme: TagScheme) -> Int { sequences - wellFormed[scheme.number] }

  /// The scheme in which most sequences are well-formed; `nil` if the tags mark no spans, such as parts of speech.
  ///
  /// If several schemes tie, or none fits half of the sequences, the one that the set of tags looks like wins; then the
  /// first of IOB2, IOB1, BIOES, BILOU and BMES. A few tags that mark no span do not count if at least four times as
  /// many do.
  public var scheme: TagScheme? {
    let names = markingNames
    guard !names.isEmpty else { return nil }
    let looks = TagGrammar.detect(names)
    let isBare = names.contains { $0.utf8.count == 1 }
    if isBare, looks == nil { return nil }
    let most = wellFormed.max() ?? 0
    // If most sequences are ill-formed in every scheme, the set of tags says more than the few well-formed sequences.
    if most * 2 < sequences, let looks { return looks }
    guard most > 0 else { return looks }
    let best = Self.order.filter { wellFormed[$0.number] == most }
    return looks.flatMap { best.contains($0) ? $0 : nil } ?? best.first
  }

  /// All tags, sorted.
  public var tags: [String] { forms.keys.sorted() }

  private static let order: [TagScheme] = [.iob2, .iob1, .bioes, .bilou, .bmes]

  /// The tags that mark spans, sorted; empty if there are more than a few others.
  private var markingNames: [String] {
    var (names, uses, others) = ([String](), 0, 0)
    for (name, form) in forms where name != "O" {
      if form.parsed.place == .outside {
        others += form.uses
      } else {
        names.append(name)
        uses += form.uses
      }
    }
    if others > 0, forms["O"] == nil || uses <= 4 * others { return [] }
    return names.sorted()
  }

  /// The tags that are not in a scheme, except for `O`, and how often each occurs; sorted.
  public func strangers(to scheme: TagScheme) -> [(tag: String, count: Int)] {
    forms.filter { !$0.value.schemes.contains(SchemeSet(scheme)) }.map { ($0.key, $0.value.uses) }
      .sorted { $0.0 < $1.0 }
  }

  /// The scheme of these sequences, if it clearly differs from the given one: at least nine in ten are well-formed in
  /// it, and fewer than half in the given one.
  public func differing(from scheme: TagScheme) -> TagScheme? {
    guard let own = self.scheme, own != scheme, misfits(own) * 10 <= sequences, misfits(scheme) * 2 > sequences else {
      return nil
    }
    return own
  }
}

/// A set of schemes.
public struct SchemeSet: OptionSet, Sendable {
  /// One bit per scheme.
  public let rawValue: UInt8

  /// A set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The set of one scheme.
  public init(_ scheme: TagScheme) { rawValue = 1 << UInt8(scheme.number) }

  /// All schemes.
  public static let all = SchemeSet(rawValue: (1 << UInt8(TagScheme.allCases.count)) - 1)

  /// The schemes that include a tag.
  package init(having tag: String) {
    self = tag == "O" ? .all : SchemeSet(Self.schemes.filter { $0.has(tag) }.map { SchemeSet($0) })
  }

  package static let schemes = TagScheme.allCases

  /// Removes the schemes for which a condition does not hold.
  package mutating func filter(_ holds: (TagScheme) -> Bool) {
    for scheme in Self.schemes where contains(SchemeSet(scheme)) && !holds(scheme) { remove(SchemeSet(scheme)) }
  }
}

extension TagScheme {
  /// The index among all schemes.
  package var number: Int {
    switch self {
    case .iob1: 0
    case .iob2: 1
    case .bioes: 2
    case .bilou: 3
    case .bmes: 4
    }
  }
}
