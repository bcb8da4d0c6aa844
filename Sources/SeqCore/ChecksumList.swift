/// A file with the checksums of the other files in a folder that seqtool wrote: one line per file, with the checksum
/// and the name.
package enum ChecksumList {
  /// The file's name.
  package static let name = "checksums.txt"
  private static let title = "# XXH64"
  /// The largest size of the list in bytes; it names a few dozen files.
  private static let limit = 1 << 20

  /// Writes the list of all files in a folder.
  package static func write(to folder: String) throws(SeqError) {
    var lines = [title]
    for name in FileSystem.names(in: folder) where name != Self.name {
      let number = try Checksum.value(of: ContainedFile(folder + "/" + name, in: folder, limit: .max))
      lines.append(digits(number) + "  " + name)
    }
    try FileSystem.write(lines.joined(separator: "\n") + "\n", to: folder + "/" + Self.name)
  }

  /// Checks that the files of a folder are unchanged since they were written.
  ///
  /// - Parameter wanted: files that must be in the list.
  /// - Throws: `.data` with the name of the first file that is missing or changed.
  package static func check(_ folder: String, wanted: [String]) throws(SeqError) {
    let list = Place.file(folder + "/" + name)
    let text = try ContainedFile(folder + "/" + name, in: folder, limit: limit).readText()
    let lines = text.split(separator: "\n")
    guard lines.first.map(String.init) == title else { throw .data("is damaged: expected \"\(title)\"", at: list) }
    var missing = Set(wanted)
    for line in lines.dropFirst() {
      let name = String(line.dropFirst(18))
      guard line.count > 18, !name.contains("/"), line.dropFirst(16).prefix(2) == "  " else {
        throw .data("is damaged", at: list)
      }
      let file = folder + "/" + name
      guard FileSystem.exists(file) else { throw .data("is damaged: the file is missing", at: .file(file)) }
      let part = try ContainedFile(file, in: folder, limit: .max)
      guard try digits(Checksum.value(of: part)) == line.prefix(16) else {
        throw .data("is damaged: its checksum differs from that in \(Self.name)", at: .file(part.path))
      }
      missing.remove(name)
    }
    if let name = missing.min() { throw .data("is damaged: \(name) is not in it", at: list) }
  }

  private static func digits(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
