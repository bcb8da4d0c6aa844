import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The received part of a file, to which more is added. Links are never followed.
final class PartFile {
  /// The number of bytes so far.
  private(set) var size: Int
  private let path: String
  private let descriptor: Int32

  /// Opens the part at its end, or creates it.
  /// - Throws: `.inputOutput` if it cannot be written to, or is a link.
  init(_ path: String) throws(SeqError) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o644)
    let reason = descriptor < 0 ? FileSystem.systemMessage() : ""
    size = 0
    guard descriptor >= 0 else { throw .inputOutput("cannot be written: \(reason)", at: .file(path)) }
    var info = stat()
    if unsafe fstat(descriptor, &info) == 0 { size = Int(info.st_size) }
  }

  deinit { close(descriptor) }

  /// Whether a path is free or a plain file.
  static func isPlain(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) != 0 || info.st_mode & S_IFMT == S_IFREG
  }

  /// Appends bytes.
  func write(_ bytes: ArraySlice<UInt8>) throws(SeqError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe systemWrite(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = FileSystem.systemMessage()
        throw .inputOutput(
          "writing failed: \(reason)", at: .file(path), remedy: "is the disk full or the folder read-only?")
      }
      size += count
      rest = rest.dropFirst(count)
    }
  }
}

/// `write`, under a name that no method shadows.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  unsafe write(descriptor, bytes.baseAddress, bytes.count)
}
