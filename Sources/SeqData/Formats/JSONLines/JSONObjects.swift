import SeqConfig
import SeqCore

/// The JSON values of a file, one by one: one per line, or the elements of one array.
///
/// An array is split element by element, so its size does not matter, whether it is on one line or on many.
struct JSONObjects {
  /// The text of the current value. The lines of an element are joined by line feeds.
  private(set) var bytes: [UInt8] = []
  /// Where it begins, and the line where it ends.
  private(set) var (line, column, lastLine) = (0, 1, 0)
  /// Whether the values are elements of an array.
  let isArray: Bool
  var file: String { lines.file }

  private var lines: LineReader
  private let limit: Int
  private let naming: SettingNames
  /// How much of the current line or piece has been read.
  private var offset = 0
  /// A byte of the current line or piece and its column; columns are counted from the last element on.
  private var anchor = (offset: 0, column: 1)
  private var expected = Expected.array

  /// What comes next in an array.
  private enum Expected { case array, firstElement, element, comma, end }

  init(_ path: String, options: ReadingOptions) throws(SeqError) {
    lines = try LineReader(path, options: options)
    (limit, naming) = (options.maximumLineBytes, options.naming)
    isArray = try lines.begins(with: UInt8(ascii: "["))
    if isArray { lines.takePieces() }
  }

  /// Moves to the next value; false at the end.
  /// - Throws: `.data` if an array is ill-formed between its elements.
  mutating func next() throws(SeqError) -> Bool {
    if isArray { return try nextElement() }
    while try lines.next() {
      if lines.line.allSatisfy(Byte.isBlank) { continue }
      (line, column, lastLine) = (lines.number, 1, lines.number)
      lines.exchangeLine(with: &bytes)
      return true
    }
    return false
  }

  /// The current value.
  func parsed() throws(SeqError) -> ConfigNode {
    try JSONParser.parse(bytes, file: file, firstLine: line, firstColumn: column)
  }

  private mutating func nextElement() throws(SeqError) -> Bool {
    while try skipBlanks() {
      let byte = lines.line[offset]
      switch (expected, byte) {
      case (.array, _): expected = .firstElement
      case (.firstElement, UInt8(ascii: "]")), (.comma, UInt8(ascii: "]")): expected = .end
      case (.comma, Byte.comma): expected = .element
      case (.firstElement, _), (.element, _):
        if byte == UInt8(ascii: "]") { throw unexpected("another element after \",\"", remedy: "remove the comma") }
        if byte == Byte.comma { throw unexpected("an element") }
        try takeElement()
        expected = .comma
        return true
      case (.comma, _): throw unexpected("\",\" or \"]\" after an element")
      case (.end, _): throw unexpected("the end of the text after the array")
      }
      offset += 1
    }
    guard expected == .end else {
      throw .data(
        "expected \"]\" at the end of the array, found the end of the text", at: .line(lines.number, of: file))
    }
    return false
  }

  private func unexpected(_ expected: String, remedy: String? = nil) -> SeqError {
    let found = String(decoding: lines.line[offset...].prefix(1), as: UTF8.self)
    return .data("expected \(expected), found \"\(found)\"", at: lines.place(offset), remedy: remedy)
  }

  /// Skips white space and line ends; false at the end of the file.
  private mutating func skipBlanks() throws(SeqError) -> Bool {
    while true {
      while offset < lines.line.count {
        if !Self.isBlank(lines.line[offset]) { return true }
        offset += 1
      }
      guard try nextPiece() else { return false }
    }
  }

  private mutating func nextPiece() throws(SeqError) -> Bool {
    guard try lines.next() else { return false }
    offset = 0
    anchor = (0, lines.place().column ?? 1)
    return true
  }

  private static func isBlank(_ byte: UInt8) -> Bool { Byte.isBlank(byte) || byte == Byte.carriageReturn }

  private mutating func takeElement() throws(SeqError) {
    for byte in lines.line[anchor.offset..<offset] where byte & 0xC0 != 0x80 { anchor.column += 1 }
    anchor.offset = offset
    (line, column) = (lines.number, anchor.column)
    let place = Place.line(line, column: column, of: file)
    bytes.removeAll(keepingCapacity: true)
    var scan = ElementScan()
    while true {
      let start = offset
      let isWhole = scan.goOn(in: lines.line, from: &offset)
      bytes.append(contentsOf: lines.line[start..<offset])
      if bytes.count > limit { throw tooLong("an element", at: place, limit: limit, naming) }
      if isWhole || scan.isClosed && !lines.isContinued { break }
      if !lines.isContinued {
        bytes.append(Byte.lineFeed)
        // A string cannot contain a line end; the parser reports which one does.
        if scan.isInString { _ = try parsed() }
      }
      guard try nextPiece() else {
        _ = try parsed()
        break
      }
    }
    lastLine = lines.number
  }
}

/// Finds the end of a JSON value by its brackets and quote marks, and leaves everything else to the parser.
private struct ElementScan {
  private var depth = 0
  private(set) var isInString = false
  private var isEscaped = false
  private var hasBegun = false

  /// Scans the part of the value that is in `line`; true at its end.
  mutating func goOn(in line: [UInt8], from offset: inout Int) -> Bool {
    while offset < line.count {
      let byte = line[offset]
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == Byte.quote {
          isInString = false
        }
      } else if endsBefore(byte) {
        return true
      } else if byte == Byte.quote {
        isInString = true
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        depth += 1
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
      }
      offset += 1
      hasBegun = true
    }
    return false
  }

  /// Whether there is a complete value.
  var isClosed: Bool { hasBegun && depth <= 0 && !isInString }

  /// Whether the value is complete and this byte belongs to the array.
  private func endsBefore(_ byte: UInt8) -> Bool {
    isClosed
      && (Byte.isBlank(byte) || byte == Byte.carriageReturn || byte == Byte.comma || byte == UInt8(ascii: "]"))
  }
}
