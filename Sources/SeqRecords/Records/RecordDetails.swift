/// What a record's format holds beside the parts of a `Record`: kept so that it can be written again.
public final class RecordDetails: Sendable, Hashable {
  /// All fields of a row of a table, or the other members of a JSON object, in their order.
  public let fields: [RecordField]
  /// The lines of a sentence in columns, comments and all.
  public let lines: [SentenceLine]
  /// For CoNLL-U: the line that ends the sentence, which holds nothing but blanks; nil at the end of a file without one.
  public let end: SentenceLine?
  /// For CoNLL-U, what stands behind the last sentence of the file.
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

  /// Details are equal if they hold the same.
  public static func == (a: RecordDetails, b: RecordDetails) -> Bool {
    a.fields == b.fields && a.lines == b.lines && a.end == b.end && a.remainder == b.remainder
      && a.layoutName == b.layoutName
  }

  /// Hashes all that is held.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(fields)
    hasher.combine(lines)
    hasher.combine(end)
    hasher.combine(remainder)
    hasher.combine(layoutName)
  }
}

/// A field of a record beside those that a `Record` has a place for.
public struct RecordField: Sendable, Hashable {
  /// The part of a record that a field is.
  public enum Role: String, Sendable { case text, label, target }

  /// The name of its column; empty where columns have none.
  public var name: String
  /// Its text, or its JSON; nil if it is missing, which in CSV is not the same as an empty field in quotes.
  public var value: String?
  /// Whether the value is JSON: a number, a list, anything but a string.
  public var isJSON: Bool
  /// What it is; nil for a field that is nothing but kept.
  public var role: Role?

  /// A field of a name.
  public init(name: String, value: String?, isJSON: Bool = false, role: Role? = nil) {
    self.name = name
    self.value = value
    self.isJSON = isJSON
    self.role = role
  }
}

/// A line of a sentence in columns.
public struct SentenceLine: Sendable, Hashable {
  /// The line as it stands in the file, without its end. Empty lines that follow each other are one, with the ends
  /// between them.
  public var text: String
  /// The range of UTF-8 bytes of its tag; nil for a line that is no token: a comment, a word range, an empty node, or a
  /// boundary before the sentence.
  public var tag: Range<Int>?
  /// Whether a carriage return stands before the line feed that ends it.
  public var hasReturn: Bool
  /// Whether it is one of a word that the format counts, rather than a comment or the like.
  public var isToken: Bool { tag != nil }

  /// A line and where its tag stands.
  public init(_ text: String, tag: Range<Int>? = nil, hasReturn: Bool = false) {
    self.text = text
    self.tag = tag
    self.hasReturn = hasReturn
  }
}
