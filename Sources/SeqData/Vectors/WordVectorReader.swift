package import SeqCore
import SeqRecords

/// Reads a file of word vectors, word by word, compressed with gzip or not.
///
/// | form | first line | then |
/// |---|---|---|
/// | word2vec and fastText (`.vec`) | number of words, size of a vector | a word and its numbers per line |
/// | GloVe | | the same |
/// | word2vec, binary | the same | a word, a space, its numbers as little-endian 32-bit floats, perhaps a line feed |
///
/// The form is detected from the first bytes.
package struct WordVectorReader {
  /// The file's name in messages.
  package var file: String { bytes.file }
  /// The size of a vector; 0 before the first one.
  package private(set) var dimensions = 0
  /// The one-based line number or, in a binary file, the number of the word.
  package private(set) var number = 0
  /// The current word in UTF-8.
  package private(set) var word: [UInt8] = []
  /// What is wrong with the current entry; nil if it is a vector.
  package private(set) var fault: String?
  package private(set) var isBinary = false

  private var bytes: VectorBytes
  /// The numbers of the current word as bytes of the file.
  private var content: [UInt8] = []
  /// The ranges of the pieces of the current line.
  private var pieces: [Range<Int>] = []
  private var hasBegun = false
  /// How many words a binary file still holds, according to its first line.
  private var left = 0

  /// A file with longer words or lines is not a file of vectors.
  private static let longestWord = 1 << 12, longestLine = 1 << 20

  package init(_ path: String) throws(SeqError) { bytes = try VectorBytes(path) }

  /// Moves to the next word; false at the end of the file.
  package mutating func next() throws(SeqError) -> Bool {
    fault = nil
    if !hasBegun { try begin() }
    return isBinary ? try nextBinary() : try nextLine()
  }

  /// The error of a file without vectors, with the first line that is not one.
  package static func noVectors(_ file: String, first fault: (number: Int, message: String)?) -> SeqError {
    .data(
      "holds no word vectors" + (fault.map { "; line \($0.number): \($0.message)" } ?? ""), at: .file(file),
      remedy: "expected a word and its numbers per line, optionally after a line with the counts of words and numbers")
  }

  /// Adds the numbers of the current word to a list.
  /// - Throws: if one of them is not a finite number.
  package func appendNumbers(to list: inout [Float]) throws(SeqError) {
    var start = 0
    for column in 0..<dimensions {
      let value: Float?
      if isBinary {
        let place = 4 * column
        let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(content[place + $1]) << (8 * $1) }
        value = Float(bitPattern: bits)
      } else {
        while isBlank(content[start]) { start += 1 }
        var end = start
        while end < content.count, !isBlank(content[end]) { end += 1 }
        value = DecimalNumber.float(content[start..<end])
        start = end
      }
      guard let value, value.isFinite else {
        throw .data(
          "number \(column + 1)\(nameOfWord) is not a finite number", at: .line(number, of: file),
          remedy: "make or fetch the file again")
      }
      list.append(value)
    }
  }

  /// The current word for a message; empty if it is not text.
  private var nameOfWord: String {
    String(validating: word.prefix(60), as: UTF8.self).map { " of \"\($0)\"" } ?? ""
  }

  /// Reads the first line, if it is a header, and detects the form of the rest.
  private mutating func begin() throws(SeqError) {
    hasBegun = true
    try bytes.skipByteOrderMark()
    let line = try bytes.peekLine(limit: Self.longestLine)
    var fields: [Range<Int>] = []
    piecesBetweenBlanks(line, into: &fields)
    guard fields.count == 2, let words = Self.count(line[fields[0]]), let size = Self.count(line[fields[1]]) else {
      return
    }
    _ = try bytes.takeLine(limit: Self.longestLine)
    number = 1
    dimensions = size
    isBinary = try bytes.looksBinary(after: Self.longestWord)
    if isBinary { (left, number) = (words, 0) }
  }

  private static func count(_ digits: ArraySlice<UInt8>) -> Int? {
    Int(decoded(digits)).flatMap { 1...1_000_000_000 ~= $0 ? $0 : nil }
  }

  private mutating func nextLine() throws(SeqError) -> Bool {
    guard let line = try bytes.takeLine(limit: Self.longestLine) else { return false }
    number += 1
    word.removeAll(keepingCapacity: true)
    content.removeAll(keepingCapacity: true)
    piecesBetweenBlanks(line, into: &pieces)
    guard pieces.count > 1 else {
      fault = pieces.isEmpty ? "an empty line" : "a word without numbers"
      return true
    }
    let count = pieces.count - 1
    if dimensions == 0 { dimensions = count }
    let extra = max(0, count - dimensions)
    // Some files have words that contain spaces.
    let isLongWord = extra > 0 && DecimalNumber.float(line[pieces[extra]]) == nil
    if count != dimensions, !isLongWord { fault = "\(count) numbers, expected \(dimensions) as in the first line" }
    let end = pieces[isLongWord ? extra : 0].upperBound
    word += line[pieces[0].lowerBound..<end]
    content += line[end...]
    return true
  }

  private mutating func nextBinary() throws(SeqError) -> Bool {
    guard left > 0 else { return false }
    left -= 1
    number += 1
    guard let word = try bytes.takeWord(limit: Self.longestWord), let content = try bytes.take(4 * dimensions) else {
      throw .inputOutput(
        "ends after \(number - 1) words, expected \(number + left)", at: .file(file), remedy: "fetch the file again")
    }
    (self.word, self.content) = (word, content)
    return true
  }
}

private func isBlank(_ byte: UInt8) -> Bool { Byte.isBlank(byte) }

/// The bytes of a file in lines or pieces of a known size.
private struct VectorBytes {
  let file: String
  private let source: ByteSource
  private var chunk = [UInt8](repeating: 0, count: 1 << 18)
  private var buffer: [UInt8] = []
  private var start = 0

  init(_ path: String) throws(SeqError) {
    try checkFile(path)
    source = try ByteSource(path)
    file = source.name
  }

  /// Reads on; false at the end of the file.
  private mutating func fill() throws(SeqError) -> Bool {
    buffer.removeSubrange(..<start)
    start = 0
    let count = try source.read(into: &chunk)
    buffer += chunk[..<count]
    return count > 0
  }

  /// Where the next byte of a kind is, or nil at the end of the file.
  private mutating func find(_ byte: UInt8, limit: Int) throws(SeqError) -> Int? {
    var searched = 0
    while true {
      if let found = firstIndex(of: byte, in: buffer, start + searched..<buffer.count) { return found }
      searched = buffer.count - start
      if searched > limit {
        throw .data(
          "holds no word vectors: nothing ends within \(limit) bytes", at: .file(file),
          remedy: "expected a word and its numbers per line, or word2vec's binary form")
      }
      if try !fill() { return nil }
    }
  }

  mutating func takeLine(limit: Int) throws(SeqError) -> [UInt8]? {
    let end = try find(Byte.lineFeed, limit: limit)
    guard end != nil || start < buffer.count else { return nil }
    var line = buffer[start..<(end ?? buffer.count)]
    start = end.map { $0 + 1 } ?? buffer.count
    while let last = line.last, last == Byte.carriageReturn || Byte.isBlank(last) { line.removeLast() }
    return Array(line)
  }

  /// Skips the byte-order mark that some editors write.
  mutating func skipByteOrderMark() throws(SeqError) {
    while buffer.count < 3 { if try !fill() { return } }
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
  }

  mutating func peekLine(limit: Int) throws(SeqError) -> [UInt8] {
    let end = try find(Byte.lineFeed, limit: limit) ?? buffer.count
    var line = buffer[start..<end]
    if line.last == Byte.carriageReturn { line.removeLast() }
    return Array(line)
  }

  /// A word of a binary file: up to a space, without the line feed that some programs write before it.
  mutating func takeWord(limit: Int) throws(SeqError) -> [UInt8]? {
    guard let end = try find(Byte.blank, limit: limit) else { return nil }
    let word = buffer[start..<end].drop { $0 == Byte.lineFeed }
    start = end + 1
    return Array(word)
  }

  mutating func take(_ count: Int) throws(SeqError) -> [UInt8]? {
    while buffer.count - start < count { if try !fill() { return nil } }
    defer { start += count }
    return Array(buffer[start..<start + count])
  }

  /// Whether what follows the first word is anything but decimal numbers.
  mutating func looksBinary(after limit: Int) throws(SeqError) -> Bool {
    guard let blank = try find(Byte.blank, limit: limit) else { return false }
    let offset = blank - start
    while buffer.count - start < offset + 64 { if try !fill() { break } }
    let numbers: [UInt8] = Array("0123456789+-.eE \t\r\n".utf8)
    return buffer[(start + offset)...].prefix(64).prefix { $0 != Byte.lineFeed }.contains { !numbers.contains($0) }
  }
}

/// Decimal numbers in the notation of vector files.
enum DecimalNumber {
  private static let powers: [Double] = (0..<22).reduce(into: [1]) { powers, i in powers.append(powers[i] * 10) }

  /// The number in some ASCII bytes; nil if they are not a number.
  static func float(_ bytes: ArraySlice<UInt8>) -> Float? {
    var (mantissa, digits, exponent, isNegative) = (UInt64(0), 0, 0, false)
    var rest = bytes
    if let sign = rest.first, sign == 0x2D || sign == 0x2B {
      isNegative = sign == 0x2D
      rest = rest.dropFirst()
    }
    var isFraction = false
    for byte in rest {
      if byte == 0x2E, !isFraction {
        isFraction = true
      } else if 0x30...0x39 ~= byte {
        mantissa = mantissa &* 10 &+ UInt64(byte - 0x30)
        digits += 1
        if isFraction { exponent += 1 }
      } else {
        return Float(decoded(bytes))
      }
    }
    guard digits > 0, digits <= 15, exponent < powers.count else { return Float(decoded(bytes)) }
    let value = Float(Double(mantissa) / powers[exponent])
    return isNegative ? -value : value
  }
}
