/// Where the fields of one line stand, in bytes, for the formats of an example a line; found by reading the line again.
package struct FieldPlaces {
  /// Where the label begins.
  package var label = 0
  /// The text.
  package var text: Range<Int>
  /// The words, where each has its tag behind it.
  var words: [Range<Int>] = []
  /// Where the tags begin.
  package var tags: [Int] = []

  /// Those of a line that is a text.
  init(text: Range<Int>) { self.text = text }

  /// Those of a line of a format.
  package init(_ line: [UInt8], format: DataFormat, columns: ColumnNames = ColumnNames()) {
    self = format.descriptor.places(in: line, columns)
  }
}
