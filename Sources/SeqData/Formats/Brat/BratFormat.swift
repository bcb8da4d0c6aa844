import SeqCore
import SeqRecords

/// brat: texts, each with a file of annotations next to it; each line of a text is an example.
struct BratFormat: FormatDescriptor {
  let format = DataFormat.brat
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary:
      "brat's standoff files: texts, each with a file of annotations next to it; each line of a text is an example.",
    storage: .fileOrFolder, holds: [.text, .spans], isWritten: false, answers: .objects)

  /// Whether there are annotations of brat: an `.ann` file, a text with one next to it, or a folder that contains one.
  func claims(_ path: String, isFolder: Bool) -> Bool {
    if isFolder { return FileSystem.names(in: path).contains { $0.hasSuffix(".ann") } }
    return path.hasSuffix(".ann") || path.hasSuffix(".txt") && FileSystem.exists(BratDocument.annotations(of: path))
  }

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> BratReader {
    try BratReader(path, options: options, wanting: wanted)
  }

  func checkCopies(of path: String) throws(SeqError) {
    throw .data(
      "brat's annotations cannot be copied record by record", at: .file(path),
      remedy: "convert them first: seqtool convert \(shellQuoted(path)) spans.jsonl")
  }
}
