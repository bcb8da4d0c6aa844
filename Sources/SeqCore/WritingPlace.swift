#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the bytes of a file go until they are whole.
///
/// A file is written beside its place and renamed. A link stays one: its target is replaced. A device or a named pipe is no
/// file to replace, and takes what comes at once. Between `open` and `commit` or `discard` it is one of `Unfinished`. Of
/// several processes that write one file, each has a place of its own, and the last to commit gives the file.
public struct WritingPlace: Sendable {
  /// What is opened and written to.
  public let opened: String
  /// What it is renamed to; nil for what is not replaced.
  public let target: String?
  /// The permissions of a new file: those of the one it replaces.
  private let permissions: mode_t

  /// The place of a file that a user named.
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
  /// - Parameter isAlone: false for one of thousands of files of a new folder, where no other process can have left
  ///   anything and looking for that would take long.
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

  /// Puts what was written in its place. - Returns: false, with `errno` set, if that fails.
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
