package import SeqCore

/// The lines of a file as raw bytes, after decompression of gzip data. Only lone carriage returns that end lines become
/// line feeds.
package struct RawLines {
  /// The current line with its end.
  package private(set) var line: [UInt8] = []
  /// The one-based number of the current line; 0 before the first.
  package private(set) var number = 0
  /// The file's name in messages.
  package let file: String

  private let source: ByteSource
  private let limit: Int
  private let naming: SettingNames
  private var buffer = [UInt8](repeating: 0, count: BufferSize.first)
  private var unread = 0..<0
  private var ends = LineEnds(file: nil)

  /// - Parameter options: set how long a line may be; a longer one is an error.
  package init(_ path: String, options: ReadingOptions) throws(SeqError) {
    source = try ByteSource(path)
    file = source.name
    (limit, naming) = (options.maximumLineBytes, options.naming)
  }

  /// Moves to the next line; false at the end of the file.
  package mutating func next() throws(SeqError) -> Bool {
    let source = source
    line.removeAll(keepingCapacity: true)
    while line.last != Byte.lineFeed {
      if unread.isEmpty {
        BufferSize.enlarge(&buffer, after: unread.upperBound)
        unread = try ends.fill(&buffer) { buffer throws(SeqError) in try source.read(into: &buffer) }
      }
      if unread.isEmpty { break }
      let end = firstIndex(of: Byte.lineFeed, in: buffer, unread).map { $0 + 1 } ?? unread.upperBound
      line += buffer[unread.lowerBound..<end]
      unread = end..<unread.upperBound
      if line.count > limit + 2 { throw tooLong("a line", at: .line(number + 1, of: file), limit: limit, naming) }
    }
    if line.isEmpty { return false }
    number += 1
    return true
  }

  /// Where the content of the current line ends: before its line feed and the carriage return before it.
  package var contentEnd: Int {
    var end = line.count
    if end > 0, line[end - 1] == Byte.lineFeed { end -= 1 }
    if end > 0, line[end - 1] == Byte.carriageReturn { end -= 1 }
    return end
  }
}
