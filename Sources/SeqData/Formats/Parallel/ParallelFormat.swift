import SeqCore
import SeqRecords

/// parallel: a folder of files whose lines correspond to each other, such as `seq.in`, `seq.out` and `label`.
struct ParallelFormat: FormatDescriptor {
  let format = DataFormat.parallel
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "A folder of files whose lines belong together, such as `seq.in`, `seq.out` and `label`.",
    storage: .sideBySide, holds: [.text, .tokens, .label, .tags], roles: ["text", "label", "token", "tag"],
    textsAreTokens: true)

  func claims(_ path: String, isFolder: Bool) -> Bool { isFolder }

  func usualAnswer(of path: String, _ options: ReadingOptions) throws(SeqError) -> Wanted {
    let folder = path.hasSuffix("/") ? path : path + "/"
    let hasTags = [".gz", ""].contains { FileSystem.exists(folder + "seq.out" + $0) } || options.columns.tag != nil
    return hasTags && options.columns.label == nil ? .tags : .label
  }

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> ParallelReader {
    try ParallelReader(path, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try ParallelWriter(path, options: options)
  }

  func mending(_ options: ReadingOptions) -> LineMending { .pieces }

  func tagFinder(of path: String, _ options: ReadingOptions) throws(SeqError) -> TagFinder {
    { record in
      var pieces: [Range<Int>] = []
      piecesBetweenBlanks(lineContent(record), into: &pieces)
      return pieces.map(\.lowerBound)
    }
  }

  func find(_ finder: inout FieldFinder) throws(SeqError) { try finder.findInParallel() }

  /// The files of texts and of answers.
  func files(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [String] {
    let folder = path.hasSuffix("/") ? path : path + "/"
    let columns = options.columns
    let other: (ColumnReference?, String)? =
      switch wanted {
      case .text, .fields, .target, .everything: nil
      case .label: (columns.label, "label")
      case .tags, .tagsAndLabel: (columns.tag, "seq.out")
      }
    let names = [(columns.text, "seq.in"), other].compactMap(\.self).map { column, usual in
      if case .name(let name) = column { name } else { usual }
    }
    return names.map { FileSystem.exists(folder + $0) ? folder + $0 : folder + $0 + ".gz" }
  }

  /// All files of a folder that have a line for each record. Other files, such as a read-me, are left out.
  func sources(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [SourceFile] {
    let folder = path.hasSuffix("/") ? path : path + "/"
    let read = try files(of: path, options, wanting: wanted)
    let count = try Self.lineCount(read[0])
    var sources: [SourceFile] = []
    for name in FileSystem.names(in: folder) where !FileSystem.isFolder(folder + name) {
      let isRead = read.contains(folder + name)
      let hasAllLines = try isRead ? true : Self.lineCount(folder + name) == count
      if hasAllLines {
        sources.append(SourceFile(path: folder + name, ending: "/" + SourceFile.unpacked(name)))
      }
    }
    return sources
  }

  private static func lineCount(_ path: String) throws(SeqError) -> Int {
    var lines = try RawLines(path, options: ReadingOptions(maximumLineBytes: 1 << 28))
    while try lines.next() {}
    return lines.number
  }
}
