import SeqConfig
public import SeqCore
import SeqData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Remembers where the models fitted last are, so that commands without a model's name find one.
///
/// The notes are in `$SEQTOOL_STATE`, else in `$XDG_STATE_HOME/seqtool`, else in `~/.local/state/seqtool`: one file for each
/// folder that a model was fitted from, and `latest` for the last of all. No two fits from different folders write the
/// same note but `latest`, which is a hint for people.
public enum LatestModel {
  /// The folder of the model that a command without a model's name uses: see `ChosenModel`.
  /// - Throws: `.missingInput` if there is none.
  public static func path() throws(SeqError) -> String { try ChosenModel.nearest().path }

  /// The folder of the model fitted last from the working folder.
  /// - Throws: `.missingInput` if none was, or it has gone; names the last one fitted elsewhere.
  package static func here() throws(SeqError) -> String {
    guard let path = noted(from: FileSystem.canonical(".")) else { throw elsewhere() }
    guard FileSystem.isFolder(FileSystem.present(path)) else {
      throw .missingInput("the model that was fitted last no longer exists", at: .file(path), remedy: .fitOrNameModel)
    }
    return path
  }

  private static func elsewhere() -> SeqError {
    guard let text = try? FileSystem.readText(latest), let path = text.split(separator: "\n").first.map(String.init),
      FileSystem.isFolder(FileSystem.present(path))
    else { return .missingInput("no model has been fitted yet", remedy: .fitOrNameModel) }
    return .missingInput(
      "no model was fitted from this folder; the last one is \(path)", remedy: .nameModel(path))
  }

  /// Notes a model as the one fitted last, from the working folder and of all.
  public static func record(_ path: String) throws(SeqError) {
    let (model, here) = (FileSystem.absolute(path), FileSystem.canonical("."))
    try FileSystem.makeFolder(folder + "/folders")
    let note: ConfigNode = ["folder": .string(here), "model": .string(model)]
    try FileSystem.write(try JSONWriter.text(of: note) + "\n", to: file(of: here))
    try FileSystem.write(model + "\n", to: latest)
  }

  /// The note of a folder; nil if there is none.
  private static func noted(from folder: String) -> String? {
    let file = file(of: folder)
    guard FileSystem.exists(file), let note = try? ConfigNode(contentsOf: file),
      note["folder"]?.stringValue == folder
    else { return nil }
    return note["model"]?.stringValue
  }

  /// The file of a folder's note, named by a number that is made from the folder's path (FNV-1a).
  private static func file(of path: String) -> String {
    let number = path.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return "\(folder)/folders/\(String(number, radix: 16)).json"
  }

  private static var latest: String { folder + "/latest" }

  private static var folder: String {
    if let named = variable("SEQTOOL_STATE") { return named }
    if let state = variable("XDG_STATE_HOME") { return state + "/seqtool" }
    return (variable("HOME") ?? ".") + "/.local/state/seqtool"
  }

  private static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
