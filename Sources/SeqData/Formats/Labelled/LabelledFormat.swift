import SeqCore
import SeqRecords

/// labelled: a label, a space and the text on each line.
struct LabelledFormat: FormatDescriptor {
  let format = DataFormat.labelled
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "One example per line: the label, a space, the text.", holds: [.text, .label], requires: [.label])

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> LabelledReader {
    try LabelledReader(path, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try LabelledWriter(path, mark: "")
  }

  func mending(_ options: ReadingOptions) -> LineMending { .behindLabel }

  func places(in line: [UInt8], _ columns: ColumnNames) -> FieldPlaces {
    FieldPlaces(text: (line.firstIndex(where: Byte.isBlank).map { $0 + 1 } ?? line.count)..<line.count)
  }
}
