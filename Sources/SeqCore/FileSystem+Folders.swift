import CSeqFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Replacing folders as a whole, and reading them while another process may replace them.
extension FileSystem {
  /// The suffix of a folder while it is being replaced, on systems that cannot exchange two folders in one step.
  static let asideSuffix = ".seqtool-old"

  /// The suffix of a folder while it is being made.
  public static let besideSuffix = Temporary.Kind.folder.rawValue

  /// Whether a name belongs to a folder that is about to replace `name`, or that is being replaced.
  public static func isPassing(_ other: String, of name: String) -> Bool {
    other.hasPrefix(name + ".") && (other.hasSuffix(asideSuffix) || other.hasSuffix(besideSuffix))
  }

  /// Where the content of a folder is now: at its path, or moved aside if a process was killed while replacing it.
  public static func present(_ path: String) -> String {
    if exists(path) { return path }
    let aside = replaceable(path) + asideSuffix
    return exists(aside) ? aside : path
  }

  /// Replaces the folder `path` with the finished folder `new`. At any time, readers find either the old folder or the
  /// new one. If the system cannot exchange two folders, there is none for a moment, and `present` leads to the old
  /// one.
  ///
  /// Only one process may replace a folder at a time: see `WritingLock`.
  public static func replaceFolder(_ path: String, with new: String) throws(SeqError) {
    let place = replaceable(path)
    if isFolder(place), unsafe seqf_exchange(new, place) == 0 {
      // The new folder is in place, so leftovers of the old one that cannot be removed are not a failure.
      try? remove(new)
      return
    }
    try replaceInSteps(place, with: new)
  }

  private static func replaceInSteps(_ path: String, with new: String) throws(SeqError) {
    let aside = path + asideSuffix
    try remove(aside)
    if exists(path), unsafe rename(path, aside) != 0 {
      let reason = systemMessage()
      throw .inputOutput("cannot be moved aside: \(reason)", at: .file(path))
    }
    guard unsafe rename(new, path) == 0 else {
      let reason = systemMessage()
      _ = unsafe rename(aside, path)
      throw .inputOutput("cannot be put in place: \(reason)", at: .file(path))
    }
    try? remove(aside)
  }

  /// Cleans up after a killed process: puts back a folder that the process had moved aside, and removes what it left
  /// next to the folder. Call this while you hold the folder's `WritingLock`.
  public static func recoverFolder(_ path: String) {
    let place = replaceable(path)
    let aside = place + asideSuffix
    if exists(aside) {
      if exists(place) { try? remove(aside) } else { _ = unsafe rename(aside, place) }
    }
    Temporary.clear(for: place, .folder)
  }

  /// Puts back a folder that a killed process had moved aside, if that is possible and no process writes to it.
  public static func putBackFolder(_ path: String) {
    let place = replaceable(path)
    guard !exists(place), exists(place + asideSuffix), isWritable(folder(of: place)),
      let lock = try? WritingLock.take(place, from: "another process", remedy: "")
    else { return }
    if lock.isHeld { recoverFolder(place) }
    lock.release()
  }

  /// How often to read a folder again if it was replaced during reading.
  private static let readings = 100

  /// Reads from a folder that another process may replace. The result of `body` comes from a single version of the
  /// folder; `body` may be called several times.
  ///
  /// - Parameter body: gets the folder's current path.
  public static func reading<Result>(
    _ path: String, _ body: (String) throws(SeqError) -> Result
  ) throws(SeqError) -> Result {
    for _ in 1..<readings {
      let folder = PinnedFolder(path)
      do throws(SeqError) {
        let result = try body(folder.path)
        if folder.isStill(at: path) { return result }
      } catch {
        if folder.isStill(at: path) { throw error }
      }
      usleep(2_000)
    }
    return try body(present(path))
  }
}

/// A folder that is held open, so that it cannot be confused with another one.
private final class PinnedFolder {
  /// The path where it was found.
  let path: String
  private let descriptor: Int32

  init(_ path: String) {
    self.path = FileSystem.present(path)
    descriptor = unsafe open(self.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether the path still leads to it, or still leads to no folder.
  func isStill(at path: String) -> Bool {
    let now = FileSystem.present(path)
    var (held, found) = (stat(), stat())
    guard descriptor >= 0, unsafe fstat(descriptor, &held) == 0 else { return !FileSystem.isFolder(now) }
    return unsafe stat(now, &found) == 0 && held.st_dev == found.st_dev && held.st_ino == found.st_ino
  }
}
