/// The places of the fields of one line, in bytes, for formats with one example per line; found by reading the line
/// again.
package struct FieldPlaces {
  /// Where the label begins.
  package var label = 0
  /// The text.
  package var text: Range<Int>
  /// The words, if each is followed by its tag.
  var words: [Range<Int>] = []
  /// Where the tags begin.
  package var tags: [Int] = []

  /// The places in a line that is only a text.
  init(text: Range<Int>) { self.text = text }

  /// The places in a line of a format.
  package init(_ line: [UInt8], format: DataFormat, columns: ColumnNames = ColumnNames()) {
    self = format.descriptor.places(in: line, columns)
  }
}

/// The places of a text in one line of UTF-8.
extension ArraySlice<UInt8> {
  /// The slice without spaces and tabs at its ends.
  var trimmed: ArraySlice<UInt8> {
    let start = firstIndex { !Byte.isBlank($0) } ?? endIndex
    let end = lastIndex { !Byte.isBlank($0) }.map { $0 + 1 } ?? start
    return self[start..<end]
  }
}
