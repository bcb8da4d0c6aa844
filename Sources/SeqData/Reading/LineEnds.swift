package import SeqCore
import SeqRecords

/// How the lines of a file end: with line feeds, or as on old Macs with carriage returns alone.
///
/// The beginning of the file decides. Where it has carriage returns and no line feed, each carriage return is made a
/// line feed before anything else looks at the bytes. Elsewhere a carriage return inside a line is a part of the text.
package struct LineEnds {
  private enum Kind { case unknown, lineFeeds, returns }

  private let file: String?
  private var kind = Kind.unknown

  /// - Parameter file: as messages name it; nil for one whose records are read, and noted, elsewhere.
  package init(file: String?) { self.file = file }

  /// Fills a buffer from its start and returns what there is to read.
  ///
  /// - Parameter read: fills the buffer and returns how many bytes there are; 0 at the end.
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

  /// Decides by the first bytes. - Returns: how many bytes there are now.
  private mutating func decide(
    _ buffer: inout [UInt8], _ count: Int, _ read: (inout [UInt8]) throws(SeqError) -> Int
  ) throws(SeqError) -> Int {
    var (count, size) = (count, buffer.count)
    // A pipe may have been cut between a carriage return and its line feed.
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
