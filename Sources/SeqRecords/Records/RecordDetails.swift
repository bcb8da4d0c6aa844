/// What a file holds in addition to the parts of a `Record`; kept so that it can be written again.
public final class RecordDetails: Sendable, Hashable {
  /// All fields of a row of a table, or the other members of a JSON object, in their order.
  public let fields: [RecordField]
  /// The lines of a sentence in columns, including comments.
  public let lines: [SentenceLine]
  /// For CoNLL-U: the blank line that ends the sentence; nil at the end of a file without one.
  public let end: SentenceLine?
  /// For CoNLL-U: the lines after the last sentence of the file.
  public let remainder: [SentenceLine]
  /// The name of the format of the lines; nil where there are none.
  package let layoutName: String?

  /// The fields of a row.
  public init(fields: [RecordField]) {
    (self.fields, lines, end, remainder, layoutName) = (fields, [], nil, [], nil)
  }

  /// The lines of a sentence.
  package init(
    lines: [SentenceLine], end: SentenceLine? = nil, remainder: [SentenceLine] = [], layoutName: String
  ) {
    (fields, self.lines, self.end, self.remainder, self.layoutName) = ([], lines, end, remainder, layoutName)
  }

  /// Details are equal if their contents are.
  public static func == (a: RecordDetails, b: RecordDetails) -> Bool {
    a.fields == b.fields && a.lines == b.lines && a.end == b.end && a.remainder == b.remainder
      && a.layoutName == b.layoutName
  }

  /// Hashes the contents.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(fields)
    hasher.combine(lines)
    hasher.combine(end)
    hasher.combine(remainder)
    hasher.combine(layoutName)
  }
}

/// A field of a record that a `Record` itself has no place for.
public struct RecordField: Sendable, Hashable {
  /// The role of a field in a record.
  public enum Role: String, Sendable { case text, label, target }

  /// The name of its column; empty where columns have none.
  public var name: String
  /// Its text, or its JSON; nil if it is missing. In CSV, that differs from an empty field in quotes.
  public var value: String?
  /// Whether the value is JSON: a number, a list, anything but a string.
  public var isJSON: Bool
  /// Its role; nil for a field that is only kept.
  public var role: Role?

  /// A field with a name.
  public init(name: String, value: String?, isJSON: Bool = false, role: Role? = nil) {
    self.name = name
    self.value = value
    self.isJSON = isJSON
    self.role = role
  }
}

/// A line of a sentence in columns.
public struct SentenceLine: Sendable, Hashable {
  /// The line as in the file, without its end. Consecutive empty lines are one line, with the line ends between them.
  public var text: String
  /// The range of its tag in UTF-8 bytes; nil for a line that is not a token: a comment, a word range, an empty node,
  /// or a boundary before the sentence.
  public var tag: Range<Int>?
  /// Whether the line ends with a carriage return and a line feed.
  public var hasReturn: Bool
  /// Whether it is a token, not a comment or the like.
  public var isToken: Bool { tag != nil }

  /// A line and the range of its tag.
  public init(_ text: String, tag: Range<Int>? = nil, hasReturn: Bool = false) {
    self.text = text
    self.tag = tag
    self.hasReturn = hasReturn
  }
}
