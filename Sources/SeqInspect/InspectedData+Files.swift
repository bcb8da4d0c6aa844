import SeqCore
import SeqData
import SeqRecords

// The files of a part.

extension InspectedData {
  /// The files that are read for a part: several for a folder.
  func files(of part: Part) throws(SeqError) -> [String] { try format.files(of: part.path, reading, wanting: wanted) }

  /// The file for messages about a record of a part, if the record itself names none.
  func file(of part: Part) -> String {
    guard format.traits.storage == .sideBySide else { return part.path }
    return (try? files(of: part))?.first ?? part.path
  }

  /// Whether a file holds the tags of a part.
  func holdsTags(_ file: String, of part: Part) throws(SeqError) -> Bool {
    guard wanted == .tags else { return false }
    return format.traits.storage == .sideBySide ? try files(of: part).last == file : true
  }

  /// The files of a part that are copied together.
  func sources(of part: Part) throws(SeqError) -> [SourceFile] {
    try format.sources(of: part.path, reading, wanting: wanted)
  }

  /// Whether the records of one file come after those of another, each with its own file in messages.
  var hasFileAfterFile: Bool { format.traits.storage == .fileAfterFile }
}
