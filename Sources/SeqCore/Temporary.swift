#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Names for files that a process writes next to its target, such as `names.4711-5f3a09c2.seqtool-new`. No two
/// processes share a name, and what a killed process left can be distinguished from what another process is writing.
enum Temporary {
  /// What is written.
  enum Kind: String {
    case file = ".partial"
    case folder = ".seqtool-new"
  }

  /// How many bytes of the target's name to keep; most file systems limit a name to 255.
  private static let longestStem = 200

  /// A new name next to a target. It cannot be guessed, so that nobody can plant a file or a link there. No result of a
  /// fit depends on it.
  static func path(for target: String, _ kind: Kind) -> String {
    let mark = String(UInt32.random(in: 0 ... .max), radix: 16)
    return FileSystem.joined(FileSystem.folder(of: target), stem(of: target) + "\(getpid())-\(mark)\(kind.rawValue)")
  }

  /// A name next to a target that is always the same, short enough for the file system, and hidden.
  static func hidden(next target: String, suffix: String) -> String {
    FileSystem.joined(FileSystem.folder(of: target), ".\(stem(of: target).dropLast())\(suffix)")
  }

  /// Marks an opened file as in use until it is closed or the process ends.
  ///
  /// - Returns: false if the file is gone, because another process took it for a leftover before it was marked.
  static func mark(_ descriptor: Int32) -> Bool {
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
    var info = stat()
    return unsafe fstat(descriptor, &info) == 0 && info.st_nlink > 0
  }

  /// Removes the files that ended processes left next to a target.
  static func clear(for target: String, _ kind: Kind) {
    let (folder, stem) = (FileSystem.folder(of: target), stem(of: target))
    for name in FileSystem.names(in: folder) where name.hasPrefix(stem) && name.hasSuffix(kind.rawValue) {
      let path = FileSystem.joined(folder, name)
      guard let process = process(name.dropFirst(stem.count).dropLast(kind.rawValue.count)),
        !isInUse(path, by: process)
      else { continue }
      try? FileSystem.remove(path)
    }
  }

  /// The process number in a name; nil if the name is not one of ours.
  private static func process(_ text: Substring) -> pid_t? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, UInt32(parts[1], radix: 16) != nil else { return nil }
    return pid_t(parts[0])
  }

  /// Whether a process is still writing the file. The process with that number may be a different one, or one of
  /// another container, so the mark decides. On a file system without locks, the file counts as in use.
  private static func isInUse(_ path: String, by process: pid_t) -> Bool {
    if Unfinished.contains(path) { return true }
    if process != getpid(), kill(process, 0) == 0 || errno == EPERM { return true }
    let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }

  private static func stem(of target: String) -> String {
    var stem = FileSystem.name(of: target)
    while stem.utf8.count > longestStem { stem.removeLast() }
    return stem + "."
  }
}
