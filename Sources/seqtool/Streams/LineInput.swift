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
      let lines = try takeLines()
      if !lines.isEmpty || (isAtEnd && buffer.isEmpty) { return lines }
      try fill()
    }
  }

  private mutating func takeLines() throws(SeqError) -> [String] {
    var lines: [String] = []
    var start = buffer.startIndex
    while lines.count < Self.batch, let end = buffer[start...].firstIndex(of: 0x0A) {
      lines.append(try decode(buffer[start..<end]))
      start = end + 1
    }
    if isAtEnd, start < buffer.endIndex, lines.count < Self.batch, !buffer[start...].contains(0x0A) {
      lines.append(try decode(buffer[start...]))
      start = buffer.endIndex
    }
    buffer.removeSubrange(..<start)
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

  /// The text of a line, without a carriage return at its end and a byte order mark at the start of the input.
  private mutating func decode(_ bytes: ArraySlice<UInt8>) throws(SeqError) -> String {
    lineNumber += 1
    let isMarked = lineNumber == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let line = (bytes.last == 0x0D ? bytes.dropLast() : bytes).dropFirst(isMarked ? 3 : 0)
    guard let text = String(validating: line, as: UTF8.self) else {
      throw .data(
        "is not UTF-8", at: .line(lineNumber, of: name), remedy: "convert it, for example with iconv -t UTF-8")
    }
    return text
  }
}
