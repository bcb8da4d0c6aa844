package import SeqCore

/// The files of a folder that has a folder or a file for each class.
package struct FolderListing: Sendable {
  /// A file and the class of its texts.
  package struct Entry: Sendable {
    package let label: String
    package let path: String
    /// Whether the whole file is one text, instead of one text per line.
    package let isOneText: Bool
  }

  /// The files, in the order in which they are read.
  package private(set) var entries: [Entry] = []

  /// - Throws: `.data` if the folder has no class.
  package init(_ folder: String) throws(SeqError) {
    let root = folder.hasSuffix("/") && folder != "/" ? String(folder.dropLast()) : folder
    let classes = Self.visibleNames(root).filter { FileSystem.isFolder(root + "/" + $0) }
    for label in classes {
      for name in Self.visibleNames(root + "/" + label) where Self.textName(name) != nil {
        entries.append(Entry(label: label, path: root + "/" + label + "/" + name, isOneText: true))
      }
    }
    if classes.isEmpty {
      for name in Self.visibleNames(root) {
        guard let label = Self.textName(name) else { continue }
        entries.append(Entry(label: label, path: root + "/" + name, isOneText: false))
      }
    }
    if entries.isEmpty {
      throw .data(
        "no class in the folder", at: .file(folder),
        remedy: "expected CLASS.txt with one text per line, or a folder CLASS of .txt files")
    }
  }

  /// Whether a folder holds classes and not parallel files.
  static func looksLikeClasses(_ folder: String) -> Bool {
    let names = visibleNames(folder)
    let parallel = ["seq.in", "seq.out", "label", "seq.in.gz", "seq.out.gz", "label.gz"]
    if names.contains(where: { parallel.contains($0) }) { return false }
    return names.contains { textName($0) != nil || FileSystem.isFolder(folder + "/" + $0) }
  }

  private static func visibleNames(_ folder: String) -> [String] {
    FileSystem.names(in: folder).filter { !$0.hasPrefix(".") }
  }

  /// The name of a text file without its endings; nil for other files.
  private static func textName(_ name: String) -> String? {
    for ending in [".txt", ".txt.gz"] where name.hasSuffix(ending) && name.count > ending.count {
      return String(name.dropLast(ending.count))
    }
    return nil
  }
}
