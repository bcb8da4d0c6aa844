package import SeqCore
package import SeqRecords

/// A file whose records are copied, for a split or a repair.
package struct SourceFile: Sendable {
  /// The file as it is.
  package let path: String
  /// What comes behind a part's name to make that of a copy: `.csv`, or `/seq.in`. Copies are unpacked.
  package let ending: String
  /// Whether it is one record as a whole.
  package var isOneText = false

  /// A name without `.gz`.
  package static func unpacked(_ name: String) -> String { name.hasSuffix(".gz") ? String(name.dropLast(3)) : name }
}

extension DataFormat {
  /// The files that hold the bytes of what is read: several for a folder.
  package func files(
    of path: String, _ options: ReadingOptions, wanting wanted: Wanted
  ) throws(SeqError) -> [String] { try descriptor.files(of: path, options, wanting: wanted) }

  /// The files that are copied together.
  package func sources(
    of path: String, _ options: ReadingOptions, wanting wanted: Wanted
  ) throws(SeqError) -> [SourceFile] { try descriptor.sources(of: path, options, wanting: wanted) }
}

/// How the characters of a line may be mended so that what it says stays the same.
package enum LineMending: Sendable {
  /// As those of a text.
  case text
  /// Without that a piece between blanks or tabs vanishes or comes.
  case pieces
  /// Without that the label before the text gets a blank.
  case behindLabel
  /// Without that the line changes its length, if it has places in its text.
  case places(@Sendable (_ line: [UInt8]) -> Bool)

  /// How lines of a format are mended.
  package init(of format: DataFormat, _ options: ReadingOptions) { self = format.descriptor.mending(options) }
}
