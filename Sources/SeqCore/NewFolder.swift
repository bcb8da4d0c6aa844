#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder that appears only when it is complete: it is filled under another name next to its path, and then renamed.
public struct NewFolder: Sendable {
  /// The final path. If it is a link to a folder, the link stays and its target is replaced.
  public let path: String
  /// The path while the folder is being filled.
  public let beside: String
  private let replaces: Bool
  /// Marks it as in use.
  private let descriptor: Int32

  /// Starts a folder.
  ///
  /// - Parameter replaces: whether it may replace a folder that is not empty. If not, the path must be free or an empty
  ///   folder.
  /// - Throws: `.inputOutput` if existing files would be lost, or the folder cannot be made.
  public init(_ path: String, replaces: Bool = false) throws(SeqError) {
    self.path = FileSystem.replaceable(path)
    self.replaces = replaces
    beside = Temporary.path(for: self.path, .folder)
    let isFree =
      !FileSystem.exists(self.path)
      || FileSystem.isFolder(self.path) && (replaces || FileSystem.names(in: self.path).isEmpty)
    guard isFree else { throw Self.taken(path) }
    Temporary.clear(for: self.path, .folder)
    Unfinished.add(beside)
    do throws(SeqError) {
      try FileSystem.makeFolder(FileSystem.folder(of: self.path))
      descriptor = try Self.make(beside)
    } catch {
      Unfinished.remove(beside)
      throw error
    }
  }

  private static func taken(_ path: String) -> SeqError {
    .inputOutput("already exists; nothing was written", at: .file(path), remedy: "choose another name")
  }

  /// Makes a new folder and marks it as in use.
  private static func make(_ path: String) throws(SeqError) -> Int32 {
    for _ in 0..<2 {
      guard unsafe mkdir(path, 0o755) == 0 else {
        let reason = FileSystem.systemMessage()
        throw .inputOutput("the folder cannot be made: \(reason)", at: .file(path))
      }
      let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if Temporary.mark(descriptor) { return descriptor }
      close(descriptor)
    }
    throw .inputOutput("the folder was removed while it was being written", at: .file(path), remedy: "run it again")
  }

  /// Fills the folder with `body`, which gets its temporary path, and then moves it to its final path. If that fails,
  /// nothing is left.
  public func fill<Result>(_ body: (String) throws(SeqError) -> Result) throws(SeqError) -> Result {
    do throws(SeqError) {
      let result = try body(beside)
      try finish()
      return result
    } catch {
      abandon()
      throw error
    }
  }

  /// Moves the folder to its final path.
  /// - Throws: also if another process has put something there that may not be replaced. Then call `abandon`.
  public func finish() throws(SeqError) {
    if replaces {
      try FileSystem.replaceFolder(path, with: beside)
    } else if unsafe rename(beside, path) != 0 {
      let (code, reason) = (errno, FileSystem.systemMessage())
      if [ENOTEMPTY, EEXIST, ENOTDIR].contains(code) { throw Self.taken(path) }
      throw .inputOutput("cannot be put in place: \(reason)", at: .file(path))
    }
    close(descriptor)
    Unfinished.remove(beside)
  }

  /// Removes the unfinished folder.
  public func abandon() {
    try? FileSystem.remove(beside)
    close(descriptor)
    Unfinished.remove(beside)
  }
}
