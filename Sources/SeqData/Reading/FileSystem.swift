import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a path names.
enum PathKind {
  case file, folder, missing

  init(_ path: String) {
    var status = stat()
    if unsafe stat(path, &status) != 0 {
      self = .missing
    } else {
      self = status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }
  }
}

/// The names in a folder, sorted; empty if it cannot be read.
func namesOfFiles(in folder: String) -> [String] {
  guard let handle = unsafe opendir(folder) else { return [] }
  defer { unsafe closedir(handle) }
  var names: [String] = []
  while let entry = unsafe readdir(handle) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
      unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// A file opened for reading, closed when it goes away.
final class InputFile {
  /// The file as messages name it.
  let name: String
  private let descriptor: Int32

  /// Opens the file of a path, or standard input for `-`.
  init(_ path: String) throws(SeqError) {
    name = path == "-" ? "<stdin>" : path
    descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .missingInput("cannot be opened: \(Self.reason)", at: .file(path)) }
  }

  deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

  /// Reads what is there now, at most up to the end of `buffer`, and returns how many bytes; 0 at the end of the file.
  func read(into buffer: inout [UInt8], at offset: Int = 0) throws(SeqError) -> Int {
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
      if count >= 0 { return count }
      if errno != EINTR { throw .inputOutput("reading failed: \(Self.reason)", at: .file(name)) }
    }
  }

  /// What the C library says about the last failure.
  private static var reason: String { unsafe String(cString: strerror(errno)) }
}
