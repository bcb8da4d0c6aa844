import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The lines of a file or of standard input, as soon as they arrive.
struct LineInput {
  /// The longest line that is read.
  static let maximumLineBytes = 16 << 20
  /// Most lines that are handed on at a time: memory stays the same, however many there are.
  private static let batch = 512

  private let name: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var lineNumber = 0
  private var isAtEnd = false
  /// What is wrong with the line after those that were given.
  private var failure: SeqError?

  /// - Parameter path: a file, or `-` for standard input.
  init(_ path: String) throws(SeqError) {
    name = path == "-" ? "standard input" : path
    if path == "-" {
      descriptor = STDIN_FILENO
    } else {
      guard !FileSystem.isFolder(path) else { throw .missingInput("is a folder, expected a file", at: .file(path)) }
      descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw .missingInput("cannot be opened: \(FileSystem.systemMessage())", at: .file(path))
      }
    }
  }

  /// The next lines, at least one, without their ends; empty at the end of the input. Lines that are there are given
  /// before more are waited for, so that a person or a program at the other end of a pipe gets answers line by line.
  mutating func next() throws(SeqError) -> [String] {
    while true {
      if let failure { throw failure }
      let lines = takeLines()
      if !lines.isEmpty || (failure == nil && isAtEnd && buffer.isEmpty) { return lines }
      if failure != nil { continue }
      try fill()
    }
  }

  private mutating func takeLines() -> [String] {
    var lines: [String] = []
    var start = buffer.startIndex
    do {
      while lines.count < Self.batch, let end = buffer[start...].firstIndex(of: 0x0A) {
        lines.append(try decode(buffer[start..<end]))
        start = end + 1
      }
      if isAtEnd, start < buffer.endIndex, lines.count < Self.batch, !buffer[start...].contains(0x0A) {
        lines.append(try decode(buffer[start...]))
        start = buffer.endIndex
      }
      buffer.removeSubrange(..<start)
    } catch {
      failure = error
    }
    return lines
  }

  private mutating func fill() throws(SeqError) {
    guard buffer.count <= Self.maximumLineBytes else {
      throw .data(
        "a line of more than \(Self.maximumLineBytes >> 20) MiB", at: .line(lineNumber + 1, of: name),
        remedy: "cut it into lines")
    }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { return }
    guard count >= 0 else { throw .inputOutput("reading failed: \(FileSystem.systemMessage())", at: .file(name)) }
    isAtEnd = count == 0
    buffer += chunk[..<count]
  }

  private mutating func decode(_ bytes: ArraySlice<UInt8>) throws(SeqError) -> String {
    lineNumber += 1
    var line = bytes.last == 0x0D ? bytes.dropLast() : bytes
    if lineNumber == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    guard let text = String(validating: line, as: UTF8.self) else {
      throw .data(
        "is not UTF-8", at: .line(lineNumber, of: name), remedy: "convert it, for example with iconv -t UTF-8")
    }
    return text
  }
}
