import Synchronization

/// The files and folders that this process has begun beside their places, and the locks it holds: what should not be left
/// behind by a signal that ends it.
public enum Unfinished {
  private static let paths = Mutex<Set<String>>([])

  /// Notes a file or folder before it is made.
  static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  /// Forgets one that is in its place or was removed.
  static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Whether this process is still writing it.
  static func contains(_ path: String) -> Bool { paths.withLock { $0.contains(path) } }

  /// Removes all of them and ends the process by `end`; whoever begins or ends another one meanwhile waits for that.
  public static func discardAll(then end: () -> Never) -> Never {
    paths.withLock { paths in
      for path in paths.sorted() {
        // Another thread may still put something into a folder that is being emptied.
        for _ in 0..<3 where FileSystem.exists(path) { try? FileSystem.remove(path) }
      }
      end()
    }
  }
}
