import SeqCore
import SeqRecords

/// folders: a folder with a folder or a file for each class.
struct FolderFormat: FormatDescriptor {
  let format = DataFormat.folders
  var traits: FormatTraits { Self.traits }

  private static let traits = FormatTraits(
    summary: "A folder with a folder or a file for each class.", storage: .fileAfterFile, holds: [.text, .label],
    requires: [.label], answers: .csvRows)

  func claims(_ path: String, isFolder: Bool) -> Bool { isFolder && FolderListing.looksLikeClasses(path) }

  func reader(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> FolderReader {
    try FolderReader(path, options: options, wanting: wanted)
  }

  func writer(_ path: String, _ options: WritingOptions) throws(SeqError) -> any FormatWriter {
    try FolderWriter(path)
  }

  func files(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [String] {
    try FolderListing(path).entries.map(\.path)
  }

  func sources(of path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) -> [SourceFile] {
    let folder = path.hasSuffix("/") ? path : path + "/"
    return try FolderListing(path).entries.map {
      let name = SourceFile.unpacked(String($0.path.dropFirst(folder.count)))
      return SourceFile(path: $0.path, ending: "/" + name, isOneText: $0.isOneText)
    }
  }
}
