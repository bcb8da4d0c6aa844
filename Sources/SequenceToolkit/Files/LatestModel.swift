public import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Remembers where the model fitted last is, so that commands without a model's name use it.
///
/// The note is one line in `$SEQTOOL_STATE`, else in `$XDG_STATE_HOME/seqtool`, else in `~/.local/state/seqtool`.
public enum LatestModel {
  /// The folder of the model fitted last.
  /// - Throws: `.missingInput` if none was fitted or it has gone.
  public static func path() throws(SeqError) -> String {
    let remedy = "fit one with seqtool fit, or name one with --model"
    guard let note = try? FileSystem.readText(file), let line = note.split(separator: "\n").first else {
      throw .missingInput("no model has been fitted yet", remedy: remedy)
    }
    guard FileSystem.isFolder(FileSystem.present(String(line))) else {
      throw .missingInput("the model fitted last is gone", at: .file(String(line)), remedy: remedy)
    }
    return String(line)
  }

  /// Notes a model as the one fitted last.
  public static func record(_ path: String) throws(SeqError) {
    try FileSystem.makeFolder(folder)
    try FileSystem.write(FileSystem.absolute(path) + "\n", to: file)
  }

  private static var file: String { folder + "/latest" }

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
