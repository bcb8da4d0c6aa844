public import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where fetched sets are kept.
public enum DataFolder {
  /// `SEQTOOL_DATA`, or else the user's cache folder.
  public static func path() throws(SeqError) -> String {
    if let folder = variable("SEQTOOL_DATA") { return folder }
    #if os(macOS)
      let within = "Library/Caches"
    #else
      if let folder = variable("XDG_CACHE_HOME"), folder.hasPrefix("/") { return folder + "/seqtool/data" }
      let within = ".cache"
    #endif
    guard let home = variable("HOME") else {
      throw .usage("there is no home folder to keep data in", remedy: "use --to, or set SEQTOOL_DATA")
    }
    return home + "/" + within + "/seqtool/data"
  }

  static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The size of a file in bytes; `nil` if it does not exist.
  static func size(of path: String) -> Int? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Sleeps for some milliseconds.
  static func pause(_ milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }

  /// Moves a finished file to its final path.
  static func rename(_ old: String, to new: String) throws(SeqError) {
    #if canImport(Glibc)
      let status = unsafe Glibc.rename(old, new)
    #elseif canImport(Musl)
      let status = unsafe Musl.rename(old, new)
    #else
      let status = unsafe Darwin.rename(old, new)
    #endif
    guard status != 0 else { return }
    let reason = FileSystem.systemMessage()
    throw .inputOutput("cannot be put in place: \(reason)", at: .file(new))
  }
}
