import SeqConfig
import SeqCore
import SeqRecords

/// Splits JSON lines into objects; the elements of an array become lines.
struct JSONCutter: RecordCutter {
  /// The elements of a file that is an array.
  private var elements: JSONObjects?
  private var lines = FilledLineCutter()
  private var previousLine = 0
  private let filter: JSONFilter?

  init(_ path: String, _ options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    let filter = wanted == .text ? nil : try JSONFilter(options, file: path)
    if let filter { lines.leavesOut = filter.leavesOut }
    self.filter = filter
    let objects = try JSONObjects(path, options: options)
    guard objects.isArray else { return }
    if options.encoding != .utf8 { throw RawRecords.notCopied(path, options) }
    elements = objects
  }

  mutating func begin(_ cursor: inout RawCursor) throws(SeqError) {
    if elements == nil { try cursor.open() }
  }

  mutating func next(_ cursor: inout RawCursor) throws(SeqError) -> Bool {
    elements == nil ? try lines.next(&cursor) : try takeElement(&cursor)
  }

  /// Takes an element as a line of its own; line ends are only white space in JSON.
  private mutating func takeElement(_ cursor: inout RawCursor) throws(SeqError) -> Bool {
    while try elements?.next() == true, let element = elements {
      cursor.sharesLine = element.line == previousLine
      previousLine = element.line
      cursor.bytes += element.bytes.map { $0 == Byte.lineFeed || $0 == Byte.carriageReturn ? Byte.blank : $0 }
      cursor.bytes.append(Byte.lineFeed)
      if filter?.leavesOut(element.bytes[...]) ?? false { continue }
      cursor.lines = element.line..<(element.lastLine + 1)
      return true
    }
    return false
  }
}
