/// What a format is and what its files can hold.
package struct FormatTraits: Sendable {
  /// A sentence about it, for the documentation.
  package var summary: String
  /// The endings of its files' names, without a dot.
  package var endings: [String] = []
  /// How its records are stored.
  package var storage = FormatStorage.file
  /// What a record can hold.
  package var holds: Set<RecordContent>
  /// What a record must have to be written.
  package var requires: Set<RecordContent> = []
  /// Whether its files can be written.
  package var isWritten = true
  /// The roles with a column.
  package var roles: [String] = []
  /// The settings of reading that apply to it.
  package var settings: Set<FormatSetting> = []
  /// How answers for its records are written.
  package var answers = AnswerStyle.ownRecords
  /// Whether its lines have a column for the tag, so that a new tag needs no further column.
  package var hasTagColumn = false
  /// Whether it can hold both tokens and their text.
  package var holdsTextsOfTokens = false
  /// Whether its texts are tokens separated by spaces.
  package var textsAreTokens = false

  /// Whether each token has a line.
  package var hasTokenLines: Bool { answers == .tokenLines }

  /// The role of the column that can group records; nil without columns.
  package var groupRole: String? { ["label", "target", "tag"].first(where: roles.contains) }
}

/// A part of a record that a format may be able to express.
package enum RecordContent: Hashable, Sendable {
  case text, tokens, label, tags, spans, target
  /// Columns of a table, or members of an object, without another meaning.
  case fields
}

/// How records are stored.
package enum FormatStorage: Sendable {
  /// In one file.
  case file
  /// In one file, or in all files of a folder.
  case fileOrFolder
  /// In the files of a folder, one file after the other.
  case fileAfterFile
  /// In the files of a folder, whose lines correspond to each other.
  case sideBySide
}

/// A setting of reading that only applies to some formats.
public enum FormatSetting: CaseIterable, Sendable {
  case header, quoting, delimiter, comments, severalLabels, tagNames
  /// Columns that token features read.
  case features
}

/// How answers for the records of a format are written, unless the user asks for another layout.
package enum AnswerStyle: Sendable {
  /// As records of their own: labels, or tokens with tags in columns.
  case ownRecords
  /// As the rows of the table, with further columns.
  case tableRows
  /// As csv rows with a header.
  case csvRows
  /// As fields separated by tabs, without names and quotes.
  case tabbedRows
  /// As objects with further members.
  case objects
  /// As the format's own objects, which hold the answers.
  case ownObjects
  /// As the lines of the tokens, with tags.
  case tokenLines
  /// As words and tags with slashes between them.
  case inline
}
