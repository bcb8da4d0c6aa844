import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file opened for reading, closed with this object.
final class InputFile {
  /// The file as messages name it.
  let name: String
  private let descriptor: Int32

  /// Opens the file of a path, or standard input for `-`.
  init(_ path: String) throws(SeqError) {
    name = path == "-" ? "<stdin>" : path
    descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .missingInput("cannot be opened: \(FileSystem.systemMessage())", at: .file(path)) }
  }

  deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

  /// Whether there is something to read, or the end, without waiting.
  var isReady: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  /// Reads the available bytes, at most up to the end of `buffer`, and returns their number; 0 at the end of the file.
  func read(into buffer: inout [UInt8], at offset: Int = 0) throws(SeqError) -> Int {
    let watch = InputWatch.current
    if let watch, !isReady { watch.willWait() }
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        #if canImport(Darwin)
          unsafe Darwin.read(descriptor, $0.baseAddress.map { unsafe $0 + offset }, $0.count - offset)
        #elseif canImport(Musl)
          unsafe Musl.read(descriptor, $0.baseAddress.map { unsafe $0 + offset }, $0.count - offset)
        #else
          unsafe Glibc.read(descriptor, $0.baseAddress.map { unsafe $0 + offset }, $0.count - offset)
        #endif
      }
      if count >= 0 {
        watch?.add(count)
        return count
      }
      if errno != EINTR { throw .inputOutput("reading failed: \(FileSystem.systemMessage())", at: .file(name)) }
    }
  }
}
