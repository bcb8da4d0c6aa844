#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file in a folder that may come from a stranger, such as a model that somebody sent you. The file must not lead
/// outside the folder, must have an end, and must not exceed its limit.
public struct ContainedFile: Sendable {
  /// The file's path, including the folder.
  public let path: String
  /// Size in bytes.
  public let size: Int

  /// Checks a file before any of it is read.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - folder: the folder it must lie in; links are fine as long as they stay within.
  ///   - limit: the most bytes that it may have.
  /// - Throws: `.missingInput` if the file does not exist, `.data` if it is not a regular file in the folder, or is too
  ///   large.
  public init(_ path: String, in folder: String, limit: Int = FileSystem.readLimit) throws(SeqError) {
    self.path = path
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw .missingInput("cannot be opened: \(FileSystem.systemMessage())", at: .file(path))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .data("expected a file, found \(Self.kind(status.st_mode & S_IFMT))", at: .file(path))
    }
    guard (FileSystem.canonical(path) + "/").hasPrefix(FileSystem.canonical(folder) + "/") else {
      throw .data("lies outside of \(folder)", at: .file(path), remedy: "put a copy of it into the folder")
    }
    size = Int(status.st_size)
    if size > limit { throw FileSystem.tooLarge("\(size)", limit, path) }
  }

  private static func kind(_ mode: mode_t) -> String {
    switch mode {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }

  /// The whole content.
  public func read() throws(SeqError) -> [UInt8] { try FileSystem.read(path, limit: size) }

  /// The whole content as text.
  public func readText() throws(SeqError) -> String { try FileSystem.readText(path, limit: size) }
}
