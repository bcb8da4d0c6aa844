#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A new file that is written bit by bit, for content that should not be held in memory.
///
/// It is no replacement for `FileSystem.write`: whoever needs the old content or the new, and nothing between, writes
/// into a new folder or beside the target, and renames when all is done.
public final class OutputFile {
  private static let bufferBytes = 1 << 18

  /// The file as the user named it.
  public let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isOpen = true

  /// Makes the file, or empties it.
  public init(_ path: String) throws(SeqError) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 {
      isOpen = false
      throw .inputOutput("cannot be written: \(FileSystem.systemMessage())", at: .file(path))
    }
    buffer.reserveCapacity(Self.bufferBytes)
  }

  deinit { if isOpen { close(descriptor) } }

  /// Writes bytes behind the others.
  public func write(_ bytes: some Sequence<UInt8>) throws(SeqError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  /// Brings everything onto the disk.
  public func finish() throws(SeqError) {
    try flush()
    isOpen = false
    let isSynced = fsync(descriptor) == 0
    if close(descriptor) != 0 || !isSynced { throw failure() }
  }

  private func flush() throws(SeqError) {
    var start = 0
    while start < buffer.count {
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe write(bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      start += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Darwin)
      unsafe Darwin.write(descriptor, bytes, count)
    #elseif canImport(Musl)
      unsafe Musl.write(descriptor, bytes, count)
    #else
      unsafe Glibc.write(descriptor, bytes, count)
    #endif
  }

  private func failure() -> SeqError {
    .inputOutput(
      "writing failed: \(FileSystem.systemMessage())", at: .file(path),
      remedy: "is the disk full or the folder read-only?")
  }
}
