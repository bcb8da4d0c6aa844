#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder that comes into being whole: it is made beside its place and renamed when all is in it.
public struct NewFolder: Sendable {
  /// Where it will be. A link to a folder stays one: what it leads to is replaced.
  public let path: String
  /// Where it is while it is made.
  public let beside: String
  private let replaces: Bool
  /// Marks it as in use.
  private let descriptor: Int32

  /// Starts a folder.
  ///
  /// - Parameter replaces: whether it may take the place of a folder that holds something; else the place must be free,
  ///   or an empty folder.
  /// - Throws: `.inputOutput` if something is there that would be lost, or nothing can be made there.
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

  /// Makes a folder that nobody else has made, and marks it.
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

  /// Fills the folder with `body`, which is given where it is meanwhile, and puts it in its place; if that fails,
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

  /// Puts it in its place.
  /// - Throws: also if somebody else has put something there that may not be replaced; it is for `abandon` to clear away.
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

  /// Takes away what was not finished.
  public func abandon() {
    try? FileSystem.remove(beside)
    close(descriptor)
    Unfinished.remove(beside)
  }
}
