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
