package import SeqCore
import SeqRecords

/// The lines of a file as checked UTF-8, one at a time.
///
/// A line ends at a line feed. A carriage return before it is removed, and so is a byte-order mark before the first
/// line. In a file without line feeds, a line ends at a carriage return.
package struct LineReader {
  /// The file's name in messages.
  package let file: String
  /// The current line without its end.
  package private(set) var line: [UInt8] = []
  /// The one-based number of the current line; 0 before the first.
  package private(set) var number = 0
  /// Whether the current line also ended with a carriage return.
  package private(set) var hasReturn = false

  private let source: TextSource
  private let encoding: TextEncoding
  private let limit: Int
  private let naming: SettingNames
  private let invalidBytes: InvalidBytes
  private var buffer: [UInt8]
  private var unread = 0..<0
  private var hasLineFeed = false
  private var ends: LineEnds
  /// The size of a piece, if long lines are read in pieces; nil refuses a line above the limit.
  private var pieceBytes: Int?
  /// Whether the current line continues in the next piece.
  private(set) var isContinued = false
  /// The number of characters of the current line before the current piece.
  private var columnsBefore = 0

  package init(_ path: String, options: ReadingOptions) throws(SeqError) {
    source = try TextSource(path, options: options)
    file = source.name
    ends = LineEnds(file: file)
    encoding = options.encoding
    limit = options.maximumLineBytes
    naming = options.naming
    invalidBytes = options.invalidBytes
    let isDecoded = encoding != .utf8 && !encoding.isSingleByte
    buffer = [UInt8](repeating: 0, count: isDecoded ? BufferSize.largest : BufferSize.first)
  }

  /// Moves to the next line; false at the end of the file.
  package mutating func next() throws(SeqError) -> Bool {
    let goesOn = isContinued
    columnsBefore = goesOn ? columnsBefore + column(ofByte: line.count, in: line[...]) - 1 : 0
    try takeLine()
    if number == 0 { try removeByteOrderMark() }
    guard hasLineFeed || !line.isEmpty else { return false }
    if !goesOn { number += 1 }
    hasReturn = line.last == Byte.carriageReturn && !isContinued
    if hasReturn { line.removeLast() }
    if isPlainASCII(line) { return true }
    if encoding.isSingleByte {
      if firstInvalidByte(in: line.span) == nil {
        // Text in a single-byte encoding is never valid UTF-8 by chance.
        ReadingNotes.add(
          "the bytes of this line are UTF-8, and were read as \(encoding.name)", at: .line(number, of: file),
          remedy: "if the file is UTF-8, \(naming.encoding(.utf8))")
      }
      decodeSingleBytes()
    }
    if let offset = firstInvalidByte(in: line.span) {
      if ProblemLog.current != nil {
        // A check reports each such byte itself and needs the rest of the file.
        line = mendedUTF8(line)
      } else if invalidBytes == .replace {
        replaceInvalid()
      } else {
        throw invalid(at: offset)
      }
    }
    return true
  }

  /// Swaps the current line with a buffer that may be overwritten, which avoids a copy.
  mutating func exchangeLine(with other: inout [UInt8]) { swap(&line, &other) }

  /// The place of a byte of the current line.
  func place(_ offset: Int = 0) -> Place {
    .line(number, column: columnsBefore + column(ofByte: offset, in: line[...]), of: file)
  }

  /// Whether the text begins with a byte, ignoring white space. Call this before the first line is read.
  mutating func begins(with byte: UInt8) throws(SeqError) -> Bool {
    guard try refill() else { return false }
    var start = buffer[unread]
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
    return start.first { !Byte.isBlank($0) && $0 != Byte.lineFeed && $0 != Byte.carriageReturn } == byte
  }

  /// Makes the reader return long lines in pieces that end between characters.
  mutating func takePieces() { pieceBytes = min(limit, 1 << 16) }

  private mutating func takeLine() throws(SeqError) {
    line.removeAll(keepingCapacity: true)
    hasLineFeed = false
    isContinued = false
    while !hasLineFeed, try refill() {
      let end = firstIndex(of: Byte.lineFeed, in: buffer, unread)
      if let piece = pieceEnd(before: end ?? unread.upperBound) {
        line.append(contentsOf: buffer[unread.lowerBound..<piece])
        unread = piece..<unread.upperBound
        isContinued = true
        return
      }
      line.append(contentsOf: buffer[unread.lowerBound..<(end ?? unread.upperBound)])
      unread = (end.map { $0 + 1 } ?? unread.upperBound)..<unread.upperBound
      hasLineFeed = end != nil
      if line.count > limit { throw tooLong("a line", at: .line(number + 1, of: file), limit: limit, naming) }
    }
  }

  /// Where the current piece ends, if the rest of its line is too long for it.
  private func pieceEnd(before end: Int) -> Int? {
    guard let pieceBytes, unread.lowerBound + pieceBytes - line.count < end else { return nil }
    var piece = max(unread.lowerBound + pieceBytes - line.count, unread.lowerBound)
    while piece > unread.lowerBound, buffer[piece] & 0xC0 == 0x80 { piece -= 1 }
    return piece > unread.lowerBound || !line.isEmpty ? piece : nil
  }

  /// Ensures that there are unread bytes, except at the end of the file.
  private mutating func refill() throws(SeqError) -> Bool {
    let source = source
    while unread.isEmpty {
      BufferSize.enlarge(&buffer, after: unread.upperBound)
      unread = try ends.fill(&buffer) { buffer throws(SeqError) in try source.read(into: &buffer) }
      guard unread.isEmpty else { break }
      guard let fault = source.fault else { return false }
      let place = Place.line(number + 1, column: column(ofByte: line.count, in: line[...]), of: file)
      guard invalidBytes == .replace, source.skipFault() else {
        throw .data(fault.message, at: place, remedy: fault.remedy)
      }
      line += Array("\u{FFFD}".utf8)
      ReadingNotes.add("bytes that are not \(encoding.name) were read as U+FFFD", at: place)
    }
    return true
  }

  private mutating func removeByteOrderMark() throws(SeqError) {
    guard encoding == .utf8 || encoding.isSingleByte else { return }
    if line.starts(with: [0xFF, 0xFE]) || line.starts(with: [0xFE, 0xFF]), encoding == .utf8 {
      throw .data(
        "this is UTF-16 text, expected UTF-8", at: .line(1, column: 1, of: file),
        remedy: "say so: \(naming.encoding(.utf16))")
    }
    guard line.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
    if encoding != .utf8 {
      throw .data(
        "the file starts with the mark of UTF-8, but the encoding is set to \(encoding.rawValue)",
        at: .line(1, column: 1, of: file), remedy: naming.encoding(.utf8))
    }
    line.removeFirst(3)
  }

  private mutating func decodeSingleBytes() {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(line.count * 2)
    for byte in line {
      if byte < 0x80 {
        decoded.append(byte)
      } else if encoding == .latin1 || byte > 0x9F {
        decoded += [0xC0 | byte >> 6, 0x80 | byte & 0x3F]
      } else {
        decoded += Array(String(windows1252Character(byte)).utf8)
      }
    }
    line = decoded
  }

  /// Replaces each byte that is not UTF-8 by U+FFFD, and removes NUL bytes.
  private mutating func replaceInvalid() { line = replacingInvalidBytes(in: line, at: .line(number, of: file)) }

  private func invalid(at offset: Int) -> SeqError {
    if line[offset] == 0 {
      return .data("a NUL byte, expected text", at: place(offset), remedy: "is this a text file?")
    }
    let digits = String(line[offset], radix: 16, uppercase: true)
    let likely = TextEncoding.likely(ofInvalidBytesIn: line)
    return .data(
      "byte 0x\(digits) is not UTF-8", at: place(offset),
      remedy: "if the file is \(likely.name), say so: \(naming.encoding(likely))")
  }
}

/// A line with U+FFFD instead of each byte that is not UTF-8, and without NUL bytes; both are noted.
package func replacingInvalidBytes(in line: [UInt8], at place: Place) -> [UInt8] {
  var (result, start) = ([UInt8](), 0)
  while let offset = firstInvalidByte(in: line, from: start) {
    let isNUL = line[offset] == 0
    result += line[start..<offset]
    if !isNUL { result += Array("\u{FFFD}".utf8) }
    var place = place
    place.column = column(ofByte: offset, in: line[...])
    ReadingNotes.add(isNUL ? "a NUL byte was left out" : "a byte that is not UTF-8 was read as U+FFFD", at: place)
    start = offset + 1
  }
  return result + line[start...]
}

/// The error of a line, row or sentence above the limit.
func tooLong(
  _ what: String, at place: Place, limit: Int, _ naming: SettingNames, remedy: String? = nil
) -> SeqError {
  .data(
    "\(what) longer than the limit of \(limit) bytes", at: place,
    remedy: (remedy.map { $0 + "; else " } ?? "") + "raise \(naming.maximumLineBytes)")
}

/// The size of reads: small at first, because data may be thousands of small files, then large.
enum BufferSize {
  static let first = 1 << 13
  static let largest = 1 << 17

  /// Enlarges a buffer to its full size once a read has filled it.
  static func enlarge(_ buffer: inout [UInt8], after count: Int) {
    if count == buffer.count, count < largest { buffer = [UInt8](repeating: 0, count: largest) }
  }
}
