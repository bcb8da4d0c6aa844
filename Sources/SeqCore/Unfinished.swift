import Synchronization

/// The unfinished files and folders of this process, and the locks that it holds: what a signal that ends the process
/// should not leave behind.
public enum Unfinished {
  private static let paths = Mutex<Set<String>>([])

  /// Records a file or folder before it is made.
  static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  /// Forgets a file or folder that is finished or was removed.
  static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Whether this process is still writing it.
  static func contains(_ path: String) -> Bool { paths.withLock { $0.contains(path) } }

  /// Removes all of them and ends the process by `end`. Threads that add or remove one meanwhile wait.
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
