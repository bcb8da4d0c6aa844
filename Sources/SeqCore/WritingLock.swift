import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The right to write to a file or folder. Only one process has it at a time, and within a process only one fit.
///
/// It is a lock on the hidden file `.NAME.seqtool-lock` next to NAME. The system releases it when the process ends, for
/// any reason. The file is removed on release; a file that a killed process left does no harm.
public final class WritingLock: Sendable {
  /// Whether the lock keeps other processes out; false on a file system without locks.
  public let isHeld: Bool
  private let file: String
  private let descriptor: Int32
  /// The folders that were made for the lock file, the innermost first.
  private let made: [String]
  private let isReleased = Atomic(false)

  /// Takes the lock of a path.
  ///
  /// - Parameter holder: how the message names a process that holds the lock, such as `another fit`.
  /// - Throws: `.inputOutput` if another process holds it, or its folder is not writable.
  public static func take(_ path: String, from holder: String, remedy: String) throws(SeqError) -> WritingLock {
    let lock = try WritingLock(path) { process throws(SeqError) in
      let number = process.map { " (process \($0))" } ?? ""
      throw .inputOutput("\(holder) writes to it\(number)", at: .file(path), remedy: remedy)
    }
    return lock
  }

  /// Takes the lock of a path, after waiting if another process holds it.
  ///
  /// - Parameter told: called once before waiting, with the number of the process if it is known.
  public static func wait(for path: String, told: (Int32?) -> Void) throws(SeqError) -> WritingLock {
    var isTold = false
    return try WritingLock(path) { process throws(SeqError) in
      if !isTold { told(process) }
      isTold = true
      usleep(50_000)
    }
  }

  /// - Parameter busy: called each time that another process holds the lock; if it returns, the lock is tried again.
  private init(_ path: String, busy: (Int32?) throws(SeqError) -> Void) throws(SeqError) {
    let place = FileSystem.replaceable(path)
    let file = Temporary.hidden(next: place, suffix: ".seqtool-lock")
    self.file = file
    made = FileSystem.missingFolders(FileSystem.folder(of: place))
    do throws(SeqError) {
      try FileSystem.makeFolder(FileSystem.folder(of: place))
      var answer = Answer.again
      while answer == .again || answer == .busy {
        if answer == .busy { try busy(Self.process(in: file)) }
        answer = try Self.attempt(file)
      }
      (isHeld, descriptor) = answer.outcome
    } catch {
      FileSystem.removeEmpty(made)
      throw error
    }
  }

  deinit { release() }

  /// Releases the lock.
  public func release() {
    guard !isReleased.exchange(true, ordering: .relaxed) else { return }
    if descriptor >= 0 {
      // Removed while still locked: a process that had opened it notices that it is gone and opens a new one.
      _ = unsafe unlink(file)
      close(descriptor)
      Unfinished.remove(file)
    }
    FileSystem.removeEmpty(made)
  }

  private enum Answer: Equatable {
    case held(Int32)
    case unsupported
    case busy, again

    var outcome: (isHeld: Bool, descriptor: Int32) {
      if case .held(let descriptor) = self { return (true, descriptor) }
      return (false, -1)
    }
  }

  private static func attempt(_ file: String) throws(SeqError) -> Answer {
    let descriptor = unsafe open(file, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let reason = FileSystem.systemMessage()
      throw .inputOutput(
        "nothing can be written here: \(reason)", at: .file(FileSystem.folder(of: file)),
        remedy: "name a place that you can write to")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      if code == EWOULDBLOCK { return .busy }
      if code == EINTR { return .again }
      _ = unsafe unlink(file)
      return .unsupported
    }
    guard isAt(file, descriptor) else {
      close(descriptor)
      return .again
    }
    Unfinished.add(file)
    sign(descriptor)
    return .held(descriptor)
  }

  /// Whether the path still leads to the open file: the process that held the lock removes the file.
  private static func isAt(_ file: String, _ descriptor: Int32) -> Bool {
    var (held, found) = (stat(), stat())
    return unsafe fstat(descriptor, &held) == 0 && lstat(file, &found) == 0 && held.st_ino == found.st_ino
      && held.st_dev == found.st_dev
  }

  /// Writes the number of this process, for the messages of other processes.
  private static func sign(_ descriptor: Int32) {
    _ = ftruncate(descriptor, 0)
    let text = Array("\(getpid())\n".utf8)
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  private static func process(in file: String) -> Int32? {
    guard let text = try? FileSystem.readText(file) else { return nil }
    return Int32(text.prefix { $0 != "\n" })
  }
}

extension FileSystem {
  /// The folders of a path that do not exist yet, the innermost first.
  static func missingFolders(_ path: String) -> [String] {
    var (missing, path) = ([String](), path)
    while !path.isEmpty, path != ".", !exists(path) {
      missing.append(path)
      path = folder(of: path)
    }
    return missing
  }

  /// Removes those folders that are empty.
  static func removeEmpty(_ folders: [String]) { for folder in folders { _ = unsafe rmdir(folder) } }
}
