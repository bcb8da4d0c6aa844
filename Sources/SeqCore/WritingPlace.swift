#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the bytes of a file go until the file is complete.
///
/// A file is written next to its path and then renamed. A link stays a link: its target is replaced. A device or a
/// named pipe cannot be replaced and gets the bytes at once. Between `open` and `commit` or `discard`, the file is
/// listed in `Unfinished`. If several processes write the same file, each writes to a place of its own, and the last
/// one to commit wins.
public struct WritingPlace: Sendable {
  /// The path that is opened and written to.
  public let opened: String
  /// The path that it is renamed to; nil if nothing is replaced.
  public let target: String?
  /// The permissions of a new file: those of the one it replaces.
  private let permissions: mode_t

  /// The place for a file that a user named.
  public init(_ path: String) {
    var info = stat()
    let exists = unsafe stat(path, &info) == 0
    let kind = info.st_mode & S_IFMT
    if exists, kind != S_IFREG, kind != S_IFDIR {
      (opened, target, permissions) = (path, nil, 0)
    } else {
      let place = exists ? FileSystem.canonical(path) : path
      (opened, target) = (Temporary.path(for: place, .file), place)
      permissions = exists && kind == S_IFREG ? info.st_mode & 0o777 : 0o644
    }
  }

  /// Opens it.
  ///
  /// - Parameter isAlone: false for one of thousands of files of a new folder. No other process can have left anything
  ///   there, and looking for leftovers would take long.
  /// - Returns: the descriptor; negative, with `errno` set, if that fails.
  public func open(isAlone: Bool = true) -> Int32 {
    guard let target else { return systemOpen(opened, O_WRONLY | O_CLOEXEC, 0) }
    if isAlone { Temporary.clear(for: target, .file) }
    Unfinished.add(opened)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    var descriptor = systemOpen(opened, flags, 0o644)
    if descriptor >= 0, isAlone, !Temporary.mark(descriptor) {
      close(descriptor)
      descriptor = systemOpen(opened, flags, 0o644)
    }
    if descriptor < 0 {
      let reason = errno
      Unfinished.remove(opened)
      errno = reason
    } else if permissions != 0o644 {
      _ = fchmod(descriptor, permissions)
    }
    return descriptor
  }

  /// Moves the written file to its final path. - Returns: false, with `errno` set, if that fails.
  public func commit() -> Bool {
    guard let target else { return true }
    guard unsafe rename(opened, target) == 0 else { return false }
    Unfinished.remove(opened)
    return true
  }

  /// Removes what was written.
  public func discard() {
    guard target != nil else { return }
    _ = unsafe unlink(opened)
    Unfinished.remove(opened)
  }
}

/// `open`, under a name that no method shadows.
private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { unsafe open(path, flags, mode) }
