/// How tags mark spans of tokens.
public enum TagScheme: String, Sendable, CaseIterable {
  /// `I-X` for a span's tokens; `B-X` only where a span directly follows another of its type (Ramshaw and Marcus 1995).
  case iob1
  /// `B-X` for a span's first token, `I-X` for the others.
  case iob2
  /// `B-X I-X … E-X`, and `S-X` for a span of one token.
  case bioes
  /// `B-X I-X … L-X`, and `U-X` for a span of one token.
  case bilou
  /// `B-X M-X … E-X`, and `S-X` (or `W-X`) for a span of one token; usual for Chinese.
  case bmes

  /// The scheme that a set of tags looks like, or `nil` if the tags do not mark spans, such as parts of speech.
  ///
  /// Every tag must be `O` or `PREFIX-TYPE` with prefixes of one scheme, and at least one must not be `O`; leave out
  /// special tags such as padding. B and I alone are IOB1 if some type has only an I tag and none only a B tag: IOB2
  /// needs a B for each I, and IOB1 an I for each B. A set that fits both counts as IOB2.
  public static func detect(_ tagNames: some Sequence<String>) -> TagScheme? {
    var prefixes: Set<Unicode.Scalar> = []
    var begun: Set<Substring> = []
    var continued: Set<Substring> = []
    for name in tagNames where name != "O" {
      guard let (prefix, type) = ParsedTag.split(name), !type.isEmpty else { return nil }
      prefixes.insert(prefix)
      if prefix == "B" { begun.insert(type) }
      if prefix == "I" { continued.insert(type) }
    }
    if prefixes.isEmpty { return nil }
    if prefixes.isSubset(of: ["B", "I"]) {
      return !continued.isSubset(of: begun) && begun.isSubset(of: continued) ? .iob1 : .iob2
    }
    return withSingles(prefixes)
  }

  /// The scheme with these prefixes, among those that mark ends and single tokens.
  private static func withSingles(_ prefixes: Set<Unicode.Scalar>) -> TagScheme? {
    // A span must be able to start: ends without B are IOE, which is not among the schemes.
    if prefixes.isDisjoint(with: ["B", "S", "U", "W"]) { return nil }
    if prefixes.isSubset(of: ["B", "I", "E", "S"]) { return .bioes }
    if prefixes.isSubset(of: ["B", "M", "E", "S", "W"]) { return .bmes }
    return prefixes.isSubset(of: ["B", "I", "L", "U"]) ? .bilou : nil
  }
}
