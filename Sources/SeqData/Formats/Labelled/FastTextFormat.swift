import SeqCore
import SeqRecords

/// fasttext: labels marked by `__label__`, then the text.
struct FastTextFormat: FormatDescriptor {
  let format = DataFormat.fasttext
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "One example per line, in fastText's layout: labels marked by `__label__`, then the text.",
    endings: ["ft", "fasttext"], holds: [.text, .label], requires: [.label], settings: [.severalLabels])

  func looseGuess(_ sample: LineSample) -> Int? {
    sample.filled.allSatisfy { $0.hasPrefix(FastTextReader.mark) } ? 3 : nil
  }

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> FastTextReader {
    try FastTextReader(path, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try LabelledWriter(path, mark: FastTextReader.mark)
  }

  func mending(_ options: ReadingOptions) -> LineMending { .behindLabel }

  func places(in line: [UInt8], _ columns: ColumnNames) -> FieldPlaces {
    let parts = FastTextReader.parts(of: line[...])
    var places = FieldPlaces(text: parts.text.indices)
    places.label = parts.labels.first?.startIndex ?? 0
    return places
  }
}
