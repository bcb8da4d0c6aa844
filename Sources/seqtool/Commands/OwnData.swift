import SeqConfig
import SeqCore
import SeqData
import SeqInspect
import SeqRecipes
import SeqRecords

/// The data of a project that is made from the user's own files, for its config and its page.
struct OwnData {
  let source: String
  let parts: StartingParts
  let reading: ReadingOptions
  let profile: DataProfile

  init(source: String, parts: StartingParts, reading: ReadingOptions, profile: DataProfile) {
    (self.source, self.parts, self.reading, self.profile) = (source, parts, reading, profile)
  }

  /// The members of `data`, one per line.
  var lines: [String] {
    let paths = parts.paths.map { "\"\($0.name)\": \(JSONWriter.quoted($0.path))" }.joined(separator: ", ")
    var format = ["\"format\": \"\((reading.format ?? .lines).rawValue)\""]
    if reading.encoding != .utf8 { format.append("\"encoding\": \"\(reading.encoding.rawValue)\"") }
    if reading.invalidBytes != .refuse { format.append("\"invalidBytes\": \"\(reading.invalidBytes.rawValue)\"") }
    if reading.format?.isTable ?? false {
      if let delimiter = reading.delimiter { format.append("\"delimiter\": \(JSONWriter.quoted("\(delimiter)"))") }
      if !reading.header { format.append("\"header\": false") }
      if !reading.quoting { format.append("\"quoting\": false") }
    }
    if reading.severalLabels != .refuse { format.append("\"severalLabels\": \"\(reading.severalLabels.rawValue)\"") }
    if let comments = reading.comments { format.append("\"comments\": \(JSONWriter.quoted(comments))") }
    if reading.misaligned != .refuse { format.append("\"misaligned\": \"\(reading.misaligned.rawValue)\"") }
    if !reading.tagNames.isEmpty {
      format.append("\"tagNames\": [\(reading.tagNames.map(JSONWriter.quoted).joined(separator: ", "))]")
    }
    let columns = Self.columns(reading).map { "\"\($0.role)\": \($0.column)" }
    if !columns.isEmpty { format.append("\"columns\": { \(columns.joined(separator: ", ")) }") }
    return [paths, format.joined(separator: ", ")]
  }

  private static func columns(_ reading: ReadingOptions) -> [(role: String, column: String)] {
    ["text", "label", "token", "tag", "spans", "target"].compactMap { role in
      switch reading.columns[role] {
      case .name(let name): (role, JSONWriter.quoted(name))
      case .index(let index): (role, "\(index)")
      case nil: nil
      }
    }
  }

  /// The flags with which a command reads the file.
  static func flags(_ reading: ReadingOptions) -> String {
    var flags = reading.format.map { " --format \($0.rawValue)" } ?? ""
    if reading.encoding != .utf8 { flags += " --encoding \(reading.encoding.rawValue)" }
    if let delimiter = reading.delimiter { flags += " --delimiter \(shellQuoted("\(delimiter)"))" }
    if !reading.header { flags += " --no-header" }
    if !reading.quoting { flags += " --no-quoting" }
    if let comments = reading.comments { flags += " --comments \(shellQuoted(comments))" }
    if reading.misaligned != .refuse { flags += " --misaligned \(reading.misaligned.rawValue)" }
    if !reading.tagNames.isEmpty { flags += " --tag-names \(shellQuoted(reading.tagNames.joined(separator: ",")))" }
    for role in ["text", "label", "token", "tag", "target"] {
      switch reading.columns[role] {
      case .name(let name): flags += " --\(role) \(shellQuoted(name))"
      case .index(let index): flags += " --\(role) \(index)"
      case nil: break
      }
    }
    return flags
  }

  private var noun: String { profile.wanted == .tags ? "sentences" : "texts" }

  /// A line about the data.
  var summary: String {
    let sizes = parts.records.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    let kinds = profile.wanted == .tags ? "tags" : "labels"
    let answers = profile.labels > 0 ? ", \(profile.labels) \(kinds)" : ""
    return "\(profile.records) \(noun)\(answers)\(sizes.isEmpty ? "" : "; split into \(sizes)")"
  }

  /// The section of the page about the data.
  var page: String {
    let how =
      parts.records.isEmpty
      ? "The files stay where they are."
      : "`data` holds its parts: \(parts.records.map { "\($0.name) \($0.count)" }.joined(separator: ", ")). Equal texts "
        + "are in the same part, and the same file always gives the same parts. `seqtool data split` can split it in "
        + "other ways."
    return "Made from `\(source)`: \(profile.records) \(noun). \(how)"
  }
}
