package import SeqCore
import SeqRecords

/// How the lines of a file end: with line feeds or, as on old Macs, with lone carriage returns.
///
/// The beginning of the file decides. If it has carriage returns and no line feed, each carriage return becomes a line
/// feed before any other code reads the bytes. Otherwise, a carriage return inside a line is part of the text.
package struct LineEnds {
  private enum Kind { case unknown, lineFeeds, returns }

  private let file: String?
  private var kind = Kind.unknown

  /// - Parameter file: its name in messages; nil if other code reads the file and notes this.
  package init(file: String?) { self.file = file }

  /// Fills a buffer from its start and returns the number of bytes to read.
  ///
  /// - Parameter read: fills the buffer and returns the number of bytes; 0 at the end.
  package mutating func fill(
    _ buffer: inout [UInt8], _ read: (inout [UInt8]) throws(SeqError) -> Int
  ) throws(SeqError) -> Range<Int> {
    var count = try read(&buffer)
    if kind == .unknown, count > 0 { count = try decide(&buffer, count, read) }
    if kind == .returns {
      for i in 0..<count where buffer[i] == Byte.carriageReturn { buffer[i] = Byte.lineFeed }
    }
    return 0..<count
  }

  /// Decides from the first bytes. - Returns: the number of bytes now.
  private mutating func decide(
    _ buffer: inout [UInt8], _ count: Int, _ read: (inout [UInt8]) throws(SeqError) -> Int
  ) throws(SeqError) -> Int {
    var (count, size) = (count, buffer.count)
    // A read from a pipe may end between a carriage return and its line feed.
    while buffer[count - 1] == Byte.carriageReturn, firstIndex(of: Byte.lineFeed, in: buffer, 0..<count) == nil {
      var more = [UInt8](repeating: 0, count: BufferSize.largest)
      let added = try read(&more)
      if added == 0 { break }
      buffer.replaceSubrange(count..., with: more[..<added])
      count += added
      size = max(size, count)
    }
    if buffer.count < size { buffer += [UInt8](repeating: 0, count: size - buffer.count) }
    let hasReturns =
      firstIndex(of: Byte.lineFeed, in: buffer, 0..<count) == nil
      && firstIndex(of: Byte.carriageReturn, in: buffer, 0..<count) != nil
    kind = hasReturns ? .returns : .lineFeeds
    if hasReturns, let file {
      ReadingNotes.add("lines end with carriage returns only, as on old Macs", at: .file(file))
    }
    return count
  }
}
