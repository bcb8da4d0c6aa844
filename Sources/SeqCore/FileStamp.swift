#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The size and time of a file, which show that it has changed without reading it.
public struct FileStamp: Sendable, Hashable {
  /// Bytes.
  public let size: Int
  /// When it was last written, in nanoseconds since 1970.
  public let modified: Int

  /// The stamp of a file. For a folder, it is the sum of the sizes in it and in its subfolders, and the latest time.
  /// Nil if the path does not exist.
  public init?(of path: String) { self.init(of: path, levels: 2) }

  /// - Parameter levels: how many levels of folders to enter; without a limit, a link could lead back to its own
  ///   folder.
  private init?(of path: String, levels: Int) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    var (size, modified) = (Int(status.st_size), Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec))
    if FileSystem.isFolder(path) {
      size = 0
      for name in levels > 0 ? FileSystem.names(in: path) : [] {
        guard let part = FileStamp(of: path + "/" + name, levels: levels - 1) else { continue }
        (size, modified) = (size + part.size, max(modified, part.modified))
      }
    }
    (self.size, self.modified) = (size, modified)
  }
}
