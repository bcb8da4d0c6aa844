import SeqCore
import SeqData
import SeqRecords
import SeqTestSupport
import Testing

/// Records as bytes: nothing is lost, and they are the records that the readers give.
struct RawRecordTests {
  private func expectWhole(_ content: String, _ format: DataFormat, options: ReadingOptions = ReadingOptions()) throws {
    let folder = try Workspace()
    try folder.write(content, to: "file")
    var options = options
    options.format = format
    var raw = try RawRecords(folder.path + "/file", format: format, options: options)
    var bytes = raw.header
    var lines: [Int] = []
    while try raw.next() {
      bytes += raw.bytes
      lines.append(raw.lines.lowerBound)
    }
    #expect(String(decoding: bytes, as: UTF8.self) == content)
    let wanted: Wanted = format.provides.contains(.tags) ? .tags : .text
    let records = try readAll(path: folder.path + "/file", options: options, wanting: wanted)
    #expect(lines == records.map(\.line))
  }

  @Test func tables() throws {
    try expectWhole("text,label\na,b\n\"c\nd\",e\n\n\nf,\"g\"\"h\"\n", .csv)
    try expectWhole("\u{FEFF}\n\"te\nxt\"\r\na\r\n\r\n\"b\"\r\n", .csv, options: options(text: .index(0)))
    try expectWhole("a\t\"b\nc\"\nd\t\"\"\n", .tsv, options: ReadingOptions(header: false))
    try expectWhole("a \"b\" c\td\n", .tsv, options: ReadingOptions(header: false, quoting: false))
  }

  private func options(text: ColumnReference) -> ReadingOptions { ReadingOptions(columns: ColumnNames(text: text)) }

  @Test func sentences() throws {
    try expectWhole("a X\nb Y\n\n\nc Z\n\n", .columns)
    try expectWhole("-DOCSTART- O\n\na X\n\n-DOCSTART- O\n\nb Y\n \n\n", .columns)
    let row = "\tx\t_\tX\t_\t_\t_\t_\t_\t_\n"
    try expectWhole("# one\n1\(row)2-3\(row)2\(row)\n# two\n# more\n1\(row)\n", .conllu)
  }

  @Test func lines() throws {
    try expectWhole("x first\ny second\n\nz third\n", .lines)
    try expectWhole("\u{FEFF}x first\r\ny second\r\n", .labelled)
  }

  @Test func aLastRecordWithoutItsEndGetsOne() throws {
    let folder = try Workspace()
    try folder.write("a X\n\nb Y", to: "file")
    var raw = try RawRecords(folder.path + "/file", format: .columns, options: ReadingOptions())
    while try raw.next() {}
    #expect(raw.lines.isEmpty)
    raw = try RawRecords(folder.path + "/file", format: .columns, options: ReadingOptions())
    _ = try raw.next()
    _ = try raw.next()
    #expect(raw.bytes == Array("b Y\n\n".utf8))
  }

  @Test func randomTables() throws {
    var generator = Seed(11).generator
    let pieces = ["a", "\"\"", ",", "\n", "\r\n", " ", "é", "\u{FEFF}"]
    for _ in 0..<200 {
      var text = "text,label\n"
      for _ in 0..<generator.index(below: 6) {
        let field = (0..<generator.index(below: 6)).map { _ in pieces[generator.index(below: pieces.count)] }.joined()
        text += "\"\(field)\",l\n" + (generator.index(below: 4) == 0 ? "\n" : "")
      }
      try expectWhole(text, .csv)
    }
  }
}
