#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads ranges of a regular file, in any order.
package final class FileReader: Sendable {
  /// The file's path.
  package let path: String
  /// The size in bytes when the file was opened.
  package let size: Int
  private let descriptor: Int32

  /// Opens a file; `ContainedFile` has checked that it is a regular one.
  package init(_ part: ContainedFile) throws(SeqError) {
    path = part.path
    descriptor = unsafe open(part.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .missingInput("cannot be opened: \(FileSystem.systemMessage())", at: .file(part.path))
    }
    var status = stat()
    size = unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  deinit { close(descriptor) }

  /// The bytes of a range.
  /// - Throws: `.inputOutput` if reading fails, or the file became shorter.
  package func read(_ range: Range<Int>) throws(SeqError) -> [UInt8] {
    var content = [UInt8](repeating: 0, count: range.count)
    var end = 0
    while end < content.count {
      let count = unsafe content.withUnsafeMutableBytes {
        unsafe systemRead(descriptor, UnsafeMutableRawBufferPointer(rebasing: $0[end...]), range.lowerBound + end)
      }
      guard count > 0 else {
        let reason = count == 0 ? "the file became shorter while it was read" : FileSystem.systemMessage()
        throw .inputOutput("reading failed: \(reason)", at: .file(path))
      }
      end += count
    }
    return content
  }
}

extension Checksum {
  private static let piece = 1 << 20

  /// The checksum of a file's content.
  package static func value(of part: ContainedFile) throws(SeqError) -> UInt64 {
    let file = try FileReader(part)
    var checksum = Checksum()
    for start in stride(from: 0, to: file.size, by: piece) {
      checksum.add(try file.read(start..<min(start + piece, file.size)))
    }
    return checksum.value
  }
}

/// `pread`, again after an interruption by a signal.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer, _ offset: Int) -> Int {
  while true {
    let count = unsafe pread(file, buffer.baseAddress, buffer.count, off_t(offset))
    if count >= 0 || errno != EINTR { return count }
  }
}
