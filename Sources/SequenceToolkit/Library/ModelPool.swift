import SeqCore
import SeqModel
import SeqTensor
import Synchronization

/// Engines that share the weights of one model, so that many tasks can use it at once.
///
/// An engine, with its buffers and threads, serves one call at a time and is kept for the next. As many are made as calls ever
/// overlap.
final class ModelPool<Engine>: Sendable {
  /// An engine that nobody uses, with its number of threads. Only its owner of the moment touches it.
  private struct Idle: @unchecked Sendable {
    let engine: Engine
    let threads: Int
  }

  private let idle = Mutex<[Idle]>([])
  private let make: @Sendable (_ threads: Int) -> Engine

  /// - Parameter make: an engine of so many threads.
  init(_ make: @escaping @Sendable (_ threads: Int) -> Engine) { self.make = make }

  /// Calls `body` with an engine that it has for itself.
  /// - Parameter threads: that work on the call; its results do not depend on them.
  func use<Result, Failure: Error>(
    threads: Int, _ body: (Engine) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let taken = idle.withLock { idle in
      idle.lastIndex { $0.threads == threads }.map { idle.remove(at: $0) }
    }
    let engine = taken ?? Idle(engine: make(threads), threads: threads)
    defer { idle.withLock { $0.append(engine) } }
    return try body(engine.engine)
  }
}

/// Where a model of the library came from, so that it can be written.
enum ModelOrigin: Sendable {
  /// A fit in memory.
  case fitted(ModelDirectory.Finished)
  /// A folder.
  case folder(String)

  /// Writes the model's folder.
  ///
  /// - Throws: `.inputOutput` if it cannot be written or the place holds something that is no model, `.missingInput` if the
  ///   folder that the model was read from is gone.
  func write(to path: String) throws(SeqError) {
    let directory = ModelDirectory(path)
    let lock = try directory.claim()
    defer { lock.release() }
    switch self {
    case .fitted(let finished): try directory.write(finished)
    case .folder(let source):
      try NewFolder(path, replaces: true).fill { beside throws(SeqError) in
        try Self.copy(source, to: beside)
      }
    }
  }

  /// Copies the files of a folder, and of the folders in it.
  private static func copy(_ folder: String, to other: String) throws(SeqError) {
    guard FileSystem.isFolder(folder) else { throw FileSystem.missing(folder) }
    for name in FileSystem.names(in: folder) {
      let (path, copied) = (folder + "/" + name, other + "/" + name)
      if FileSystem.isFolder(path) {
        try FileSystem.makeFolder(copied)
        try copy(path, to: copied)
      } else {
        try FileSystem.write(try FileSystem.read(path), to: copied)
      }
    }
  }
}
