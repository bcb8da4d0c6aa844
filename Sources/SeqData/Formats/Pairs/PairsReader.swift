import SeqCore
import SeqRecords

/// Reads lines of a source and a target, separated by a tab; quote marks are ordinary characters.
struct PairsReader: RecordReader {
  private(set) var problems = Problems()
  let emptyMessage = "the file is empty"
  var file: String { lines.file }
  private var lines: LineReader
  private let wanted: Wanted
  private let text: ColumnReference
  private let target: ColumnReference
  private let naming: SettingNames
  private var pieces: [Range<Int>] = []
  /// The number of columns of the first line, and its line number.
  private var shape: (width: Int, line: Int)?

  init(_ path: String, options: ReadingOptions, wanting wanted: Wanted) throws(SeqError) {
    lines = try LineReader(path, options: options)
    self.wanted = wanted
    text = options.columns.text ?? .index(0)
    target = options.columns.target ?? .index(-1)
    naming = options.naming
  }

  mutating func next() throws(SeqError) -> Record? {
    while try lines.next() {
      if let record = try takeRecord() { return record }
    }
    return nil
  }

  private mutating func takeRecord() throws(SeqError) -> Record? {
    piecesBetweenTabs(lines.line, into: &pieces)
    guard let width = try checkedWidth() else { return nil }
    guard let text = text.position(among: [], width: width) else { return nil }
    var record = Record(text: decoded(lines.line[pieces[text]]), line: lines.number)
    if wanted == .text { return record }
    if wanted == .fields {
      record.details = RecordDetails(
        fields: pieces.indices.map {
          RecordField(name: "", value: decoded(lines.line[pieces[$0]]), role: $0 == text ? .text : nil)
        })
      return record
    }
    guard let target = target.position(among: [], width: width) else { return nil }
    record.target = decoded(lines.line[pieces[target]])
    if wanted == .everything, width > 2 {
      record.details = RecordDetails(
        fields: pieces.indices.map {
          RecordField(
            name: "", value: decoded(lines.line[pieces[$0]]), role: $0 == text ? .text : $0 == target ? .target : nil)
        })
    }
    return record
  }

  /// The number of columns; nil, with a recorded problem, if it differs from that of the first line.
  private mutating func checkedWidth() throws(SeqError) -> Int? {
    let width = pieces.count
    let found = width == 1 ? "1 column" : "\(width) columns"
    guard let shape else {
      let place = Place.line(lines.number, of: file)
      let search = ColumnSearch(names: nil, width: width, place: place, naming: naming)
      let text = try search.position(text, of: "text")
      if !wanted.isOfTextsAlone, try search.position(target, of: "target") == text {
        throw .data("\(found), expected a text and its target", at: place, remedy: "a tab separates them")
      }
      self.shape = (width, lines.number)
      return width
    }
    if width == shape.width { return width }
    let offset = width > shape.width ? pieces[shape.width].lowerBound : lines.line.count
    try problems.add("\(found), expected \(shape.width) as in line \(shape.line)", at: lines.place(offset))
    return nil
  }
}
