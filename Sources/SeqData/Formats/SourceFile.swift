package import SeqCore
package import SeqRecords

/// A file whose records are copied, for a split or a repair.
package struct SourceFile: Sendable {
  /// The file's path.
  package let path: String
  /// The suffix that a part's name gets to name a copy: `.csv`, or `/seq.in`. Copies are not compressed.
  package let ending: String
  /// Whether the whole file is one record.
  package var isOneText = false

  /// A name without `.gz`.
  package static func unpacked(_ name: String) -> String { name.hasSuffix(".gz") ? String(name.dropLast(3)) : name }
}

extension DataFormat {
  /// The files that are read: several for a folder.
  package func files(
    of path: String, _ options: ReadingOptions, wanting wanted: Wanted
  ) throws(SeqError) -> [String] { try descriptor.files(of: path, options, wanting: wanted) }

  /// The files that are copied together.
  package func sources(
    of path: String, _ options: ReadingOptions, wanting wanted: Wanted
  ) throws(SeqError) -> [SourceFile] { try descriptor.sources(of: path, options, wanting: wanted) }
}

/// How the characters of a line may be repaired without changing its meaning.
package enum LineMending: Sendable {
  /// Like a text.
  case text
  /// So that the pieces between spaces or tabs stay the same in number.
  case pieces
  /// So that the label before the text gets no space.
  case behindLabel
  /// So that the line keeps its length, if it refers to places in its text.
  case places(@Sendable (_ line: [UInt8]) -> Bool)

  /// How lines of a format are repaired.
  package init(of format: DataFormat, _ options: ReadingOptions) { self = format.descriptor.mending(options) }
}
