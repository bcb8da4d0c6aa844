/// What a format is and what its files can hold.
package struct FormatTraits: Sendable {
  /// What it is, in a sentence for documents.
  package var summary: String
  /// The endings of its files' names, without a dot.
  package var endings: [String] = []
  /// How its records are stored.
  package var storage = FormatStorage.file
  /// What a record can hold.
  package var holds: Set<RecordPart>
  /// What a record that is written must have.
  package var requires: Set<RecordPart> = []
  /// Whether its files can be written.
  package var isWritten = true
  /// The roles that it has columns for.
  package var roles: [String] = []
  /// The settings of reading that apply to it.
  package var settings: Set<FormatSetting> = []
  /// How answers to its records are written.
  package var answers = AnswerStyle.ownRecords
  /// Whether its lines have a column that is meant for the tag, so that a new tag gets no column of its own.
  package var hasTagColumn = false
  /// Whether it can hold the text that given tokens are of.
  package var holdsTextsOfTokens = false
  /// Whether its texts are tokens with blanks between them.
  package var textsAreTokens = false

  /// Whether each token has a line.
  package var hasTokenLines: Bool { answers == .tokenLines }

  /// The role of the column whose values can group records; nil if they have no columns.
  package var groupRole: String? { ["label", "target", "tag"].first(where: roles.contains) }
}

/// A part of a record that a format may express or not.
package enum RecordPart: Hashable, Sendable {
  case text, tokens, label, tags, spans, target
  /// Columns of a table, or members of an object, that have no other meaning.
  case fields
}

/// How records are stored.
package enum FormatStorage: Sendable {
  /// In one file.
  case file
  /// In one file, or in all those of a folder.
  case fileOrFolder
  /// In the files of a folder, the records of one after those of the other.
  case fileAfterFile
  /// In the files of a folder, whose lines belong together.
  case sideBySide
}

/// A setting of reading that applies to some formats only.
public enum FormatSetting: CaseIterable, Sendable {
  case header, quoting, delimiter, comments, severalLabels, tagNames
  /// Further columns of tokens.
  case inputs
}

/// How answers to the records of a format are written, unless another layout is asked for.
package enum AnswerStyle: Sendable {
  /// As records of their own: labels, or tokens with tags in columns.
  case ownRecords
  /// As the rows of the table, with further columns.
  case tableRows
  /// As rows of csv, with a header.
  case csvRows
  /// As fields between tabs, which have no names and no quotes.
  case tabbedRows
  /// As objects with further members.
  case objects
  /// As the format's own objects, with the answers in their place.
  case ownObjects
  /// As the lines of the tokens, with tags.
  case tokenLines
  /// As words and tags with slashes between them.
  case inline
}
