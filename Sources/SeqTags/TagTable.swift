/// A parsed tag: the meaning of its prefix, and the number of its type.
package struct ParsedTag: Sendable, Hashable {
  /// The place of the token in a span.
  package enum Place: UInt8, Sendable { case outside, begin, inside, end, single }

  package static let outside = ParsedTag(place: .outside, type: -1)

  package var place: Place
  /// Index of the type's name; −1 outside.
  package var type: Int32

  /// The place that a prefix stands for: B, I or M, E or L, S or U or W; `nil` for any other.
  package static func place(of prefix: Unicode.Scalar) -> Place? {
    switch prefix {
    case "B": .begin
    case "I", "M": .inside
    case "E", "L": .end
    case "S", "U", "W": .single
    default: nil
    }
  }

  /// The prefix and the type of `PREFIX-TYPE`, split at the first `-`, or of a bare prefix, whose type is empty;
  /// `nil` for any other tag, such as `O`.
  package static func split(_ tag: String) -> (prefix: Unicode.Scalar, type: Substring)? {
    guard let prefix = tag.unicodeScalars.first, place(of: prefix) != nil else { return nil }
    let rest = tag.unicodeScalars.dropFirst()
    guard let separator = rest.first else { return (prefix, "") }
    return separator == "-" ? (prefix, Substring(rest.dropFirst())) : nil
  }
}

/// The tags of a model, each parsed once, so that scoring by tag id needs no text.
///
/// A tag is `PREFIX-TYPE`, split at the first `-`; the prefixes are B, I or M (inside), E or L (end), S, U or W (single).
/// A bare prefix has the type `_`, as in seqeval. Any other tag, such as `O`, is outside of spans.
public struct TagTable: Sendable, Equatable {
  /// The tags' names in the order of their ids.
  public let names: [String]
  /// The types' names, in the order of their first tags.
  public let types: [String]
  /// The parsed tags, by id.
  package let tags: [ParsedTag]

  /// A table of tags whose ids are their positions. Gold tags that the model does not know may follow its own.
  public init(names: [String]) {
    var parser = TagParser()
    self.names = names
    tags = names.map { parser.parse($0) }
    types = parser.types
  }

  /// The tags of ids; an id outside of the table, such as −1, is outside of spans.
  package func parsed(_ ids: [Int]) -> [ParsedTag] { ids.map { tags.indices.contains($0) ? tags[$0] : .outside } }
}

/// Parses tags and numbers their types in the order of appearance.
package struct TagParser {
  package private(set) var types: [String] = []
  private var numbers: [String: Int32] = [:]

  package init() {}

  package mutating func parse(_ tag: String) -> ParsedTag {
    guard let (prefix, type) = ParsedTag.split(tag), let place = ParsedTag.place(of: prefix) else { return .outside }
    return ParsedTag(place: place, type: number(of: type.isEmpty ? "_" : String(type)))
  }

  private mutating func number(of type: String) -> Int32 {
    if let number = numbers[type] { return number }
    let number = Int32(truncatingIfNeeded: types.count)
    numbers[type] = number
    types.append(type)
    return number
  }
}
