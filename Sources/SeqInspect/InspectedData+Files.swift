import SeqCore
import SeqData

/// A file whose records are copied, for a split or a repair.
struct SourceFile {
  /// The file as it is.
  let path: String
  /// What comes behind a part's name to make that of a copy: `.csv`, or `/seq.in`. Copies are unpacked.
  let ending: String
  /// Whether it is one record as a whole.
  var isOneText = false
}

extension InspectedData {
  /// The files that hold the bytes of what is read of a part: several for a folder.
  func files(of part: Part) throws(SeqError) -> [String] {
    switch format {
    case .folders: try FolderListing(part.path).entries.map(\.path)
    case .parallel: parallelFiles(of: part)
    default: [part.path]
    }
  }

  /// The files of texts and of answers among parallel ones.
  private func parallelFiles(of part: Part) -> [String] {
    let folder = Self.folder(part)
    let columns = reading.columns
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

  /// The file that a message about a record of a part names, if the record names none itself.
  func file(of part: Part) -> String { format == .parallel ? parallelFiles(of: part)[0] : part.path }

  /// Whether a file holds the tags of a part.
  func holdsTags(_ file: String, of part: Part) -> Bool {
    wanted == .tags && (format != .parallel || parallelFiles(of: part).last == file)
  }

  /// The files of a part that are copied together.
  func sources(of part: Part) throws(SeqError) -> [SourceFile] {
    let folder = Self.folder(part)
    switch format {
    case .folders:
      return try FolderListing(part.path).entries.map {
        let name = Self.unpacked(String($0.path.dropFirst(folder.count)))
        return SourceFile(path: $0.path, ending: "/" + name, isOneText: $0.isOneText)
      }
    case .parallel:
      return try parallelSources(of: part, folder)
    default:
      let plain = Self.unpacked(part.path.split(separator: "/").last.map(String.init) ?? part.path)
      return [SourceFile(path: part.path, ending: plain.lastIndex(of: ".").map { String(plain[$0...]) } ?? "")]
    }
  }

  /// All files of a folder that have a line for each record. Others, such as a read-me, do not belong to the lines.
  private func parallelSources(of part: Part, _ folder: String) throws(SeqError) -> [SourceFile] {
    let read = parallelFiles(of: part)
    let count = try Self.lineCount(read[0])
    var sources: [SourceFile] = []
    for name in FileSystem.names(in: folder) where !FileSystem.isFolder(folder + name) {
      let isRead = read.contains(folder + name)
      let hasAllLines = try isRead ? true : Self.lineCount(folder + name) == count
      if hasAllLines {
        sources.append(SourceFile(path: folder + name, ending: "/" + Self.unpacked(name)))
      }
    }
    return sources
  }

  /// A name without `.gz`.
  static func unpacked(_ name: String) -> String { name.hasSuffix(".gz") ? String(name.dropLast(3)) : name }

  private static func folder(_ part: Part) -> String { part.path.hasSuffix("/") ? part.path : part.path + "/" }

  private static func lineCount(_ path: String) throws(SeqError) -> Int {
    var lines = try RawLines(path, options: ReadingOptions(maximumLineBytes: 1 << 28))
    while try lines.next() {}
    return lines.number
  }
}
