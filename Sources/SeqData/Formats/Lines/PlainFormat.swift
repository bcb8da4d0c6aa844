import SeqCore
import SeqRecords

/// lines: plain text, one example per line.
struct PlainFormat: FormatDescriptor {
  let format = DataFormat.lines
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "Plain text, one example per line.", endings: ["txt"], holds: [.text])

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> PlainReader {
    try PlainReader(path, options: options)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try PlainWriter(path)
  }
}
