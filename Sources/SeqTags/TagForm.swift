/// Span tags in another form than `PREFIX-TYPE`: `B_PER`, `B:PER`, `PER-B`, `b-per`.
public enum TagForm {
  /// The tags of a set that mark spans in an unusual form, with their usual form; `nil` if they need not be spans.
  ///
  /// All tags but `O` must have the same form, with prefixes that are those of one scheme, and there must be an `O` or a
  /// type with two prefixes.
  public static func unusual(_ tags: some Sequence<String>) -> [(tag: String, usual: String)]? {
    let tags = tags.sorted()
    guard TagGrammar.detect(tags) == nil else { return nil }
    let marks = tags.filter { !isOutside($0) }
    for form in forms {
      let usual = marks.compactMap(form.usual)
      guard usual.count == marks.count, TagScheme.detect(usual) != nil else { continue }
      let types = Set(usual.compactMap { ParsedTag.split($0)?.type })
      if marks.count < tags.count || types.count < marks.count {
        return Array(zip(marks, usual)).filter { $0.0 != $0.1 }
      }
    }
    return nil
  }

  /// A tag in the usual form; unchanged if it is not a span tag in any form.
  public static func usual(_ tag: String) -> String {
    if isOutside(tag) { return "O" }
    if let (_, type) = ParsedTag.split(tag), tag == "O" || !type.isEmpty || tag.utf8.count == 1 { return tag }
    for form in forms { if let usual = form.usual(tag) { return usual } }
    return tag
  }

  private static func isOutside(_ tag: String) -> Bool { tag == "O" || tag == "o" }

  private static let forms: [Form] = ["-", "_", ":", ".", "/", "|", "+"].flatMap { separator in
    [Form(separator: separator, isSuffix: false), Form(separator: separator, isSuffix: true)]
  }

  /// A way to combine prefix and type.
  private struct Form {
    let separator: Character
    let isSuffix: Bool

    /// A tag of this form as `PREFIX-TYPE`; `nil` for any other.
    func usual(_ tag: String) -> String? {
      let split = isSuffix ? tag.lastIndex(of: separator) : tag.firstIndex(of: separator)
      guard let split else { return nil }
      let (first, second) = (tag[..<split], tag[tag.index(after: split)...])
      let (prefix, type) = isSuffix ? (second, first) : (first, second)
      guard prefix.unicodeScalars.count == 1, let scalar = prefix.uppercased().unicodeScalars.first, !type.isEmpty,
        ParsedTag.place(of: scalar) != nil
      else { return nil }
      return "\(scalar)-\(type)"
    }
  }
}
