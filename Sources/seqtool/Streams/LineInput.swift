import SeqCore
import SeqData

/// The lines of a file or of standard input, compressed with gzip or not, as soon as they arrive. `LineEnds` decides
/// how lines end.
struct LineInput {
  /// The longest line that is read.
  static let maximumLineBytes = 16 << 20
  /// The bytes to read at a time, and the most bytes to hold before lines are returned although more could be read.
  private static let chunkBytes = 1 << 17, heldBytes = 1 << 20

  let name: String
  private let source: ByteSource
  /// The most lines to return at a time, so that memory does not grow with the input.
  private let batch: Int
  private let invalidBytes: InvalidBytes
  private var ends: LineEnds
  private var chunk = [UInt8](repeating: 0, count: chunkBytes)
  private var buffer: [UInt8] = []
  /// Where the next line starts in `buffer`, and up to where there is no line end.
  private var start = 0, searched = 0
  private var lineNumber = 0
  private var isAtEnd = false
  /// The error of the line after those that were returned.
  private var failure: SeqError?

  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - batch: the most lines that `next` returns.
  ///   - invalidBytes: how to treat a byte that is not UTF-8.
  init(_ path: String, batch: Int, invalidBytes: InvalidBytes = .refuse) throws(SeqError) {
    guard path == "-" || !FileSystem.isFolder(path) else {
      throw .missingInput("is a folder, expected a file", at: .file(path))
    }
    name = path == "-" ? "standard input" : path
    source = try ByteSource(path)
    ends = LineEnds(file: name)
    (self.batch, self.invalidBytes) = (batch, invalidBytes)
  }

  /// The next lines, at least one, without their ends; empty at the end of the input. It returns available lines before
  /// it waits for more, so that a person or a program at the other end of a pipe gets answers line by line.
  mutating func next() throws(SeqError) -> [String] {
    var lines: [String] = []
    var held = 0
    while true {
      takeLines(into: &lines)
      held += start
      let hasRoom = lines.count < batch && held < Self.heldBytes
      guard failure == nil, !isAtEnd, lines.isEmpty || hasRoom && source.isReady else { break }
      do { try fill() } catch { failure = error }
    }
    if lines.isEmpty, let failure { throw failure }
    return lines
  }

  private mutating func takeLines(into lines: inout [String]) {
    while lines.count < batch, failure == nil, let line = takeLine() {
      do { lines.append(try decode(line)) } catch { failure = error }
    }
  }

  /// The next line without its line feed, if it is complete.
  private mutating func takeLine() -> Range<Int>? {
    searched = Self.lineFeed(in: buffer.span, from: searched)
    guard searched < buffer.count || isAtEnd && start < searched else { return nil }
    defer {
      start = min(buffer.count, searched + 1)
      searched = start
    }
    return start..<searched
  }

  /// The first line feed from an index on, or the end.
  private static func lineFeed(in bytes: Span<UInt8>, from start: Int) -> Int {
    var i = start
    while i < bytes.count, bytes[i] != 0x0A { i += 1 }
    return i
  }

  private mutating func fill() throws(SeqError) {
    buffer.removeSubrange(..<start)
    searched -= start
    start = 0
    guard buffer.count <= Self.maximumLineBytes else {
      throw .data(
        "a line of more than \(Self.maximumLineBytes >> 20) MiB", at: .line(lineNumber + 1, of: name),
        remedy: "split it into lines")
    }
    let source = source
    let filled = try ends.fill(&chunk) { chunk throws(SeqError) in try source.read(into: &chunk) }
    isAtEnd = filled.isEmpty
    buffer.append(contentsOf: chunk[filled])
  }

  private mutating func decode(_ range: Range<Int>) throws(SeqError) -> String {
    lineNumber += 1
    var line = buffer[range]
    if line.last == 0x0D { line = line.dropLast() }
    if lineNumber == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    if let text = String(validating: line, as: UTF8.self) { return text }
    guard invalidBytes == .replace else {
      throw .data(
        "is not UTF-8", at: .line(lineNumber, of: name), remedy: "convert it, for example with iconv -t UTF-8")
    }
    return String(decoding: replacingInvalidBytes(in: Array(line), at: .line(lineNumber, of: name)), as: UTF8.self)
  }
}
