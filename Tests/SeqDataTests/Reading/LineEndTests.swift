import SeqCore
import SeqData
import SeqRecords
import Testing

/// Files of old Macs, whose lines end with carriage returns alone.
@Suite struct LineEndTests {
  private let note = "f: lines end with carriage returns only, as on old Macs"

  @Test(arguments: [
    (DataFormat.csv, "text,label\ra,x\r\"b\rc\",y\r", Wanted.label, 2), (.lines, "a\rb\r\rc", .text, 4),
    (.columns, "a O\rb B-x\r\rc O\r", .tags, 2), (.jsonl, "{\"text\":\"a\"}\r{\"text\":\"b\"}\r", .text, 2),
    (.labelled, "\u{FEFF}x a\ry b\r", .label, 2), (.inline, "a/O\rb/O\r", .tags, 2), (.pairs, "a\tb\rc\td", .target, 2),
  ])
  func carriageReturnsAloneEndLines(format: DataFormat, content: String, wanted: Wanted, count: Int) throws {
    let noted = try readNoted(content.utf8, as: format, wanting: wanted)
    #expect(noted.outcome.records?.count == count, "\(noted.outcome)")
    #expect(noted.notes == [note])
    let other = try read(content.replacing("\r", with: "\n").utf8, as: format, wanting: wanted)
    #expect(other == noted.outcome)
  }

  @Test func theBeginningOfALargeFileDecides() throws {
    let content = String(repeating: "some words\r", count: 100_000)
    #expect(try readNoted(content.utf8, as: .lines, wanting: .text).outcome.records?.count == 100_000)
    let stray = "first\n" + String(repeating: "some words\r", count: 10_000)
    let noted = try readNoted(stray.utf8, as: .lines, wanting: .text)
    #expect(noted.outcome.records?.count == 2 && noted.notes == [])
  }

  @Test func itIsReadInOtherEncodingsToo() throws {
    let bytes = "\u{FEFF}x ä\ry b\r".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let noted = try readNoted(bytes, as: .labelled) { $0.encoding = .utf16 }
    #expect(noted.outcome.records?.map(\.text) == ["ä", "b"] && noted.notes == [note])
  }

  @Test func recordsAreCutAtThem() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("text,label\ra,x\rb,y".utf8, to: "f")
    var raw = try RawRecords(path, format: .csv, options: ReadingOptions(format: .csv))
    var records: [String] = []
    while try raw.next() { records.append(String(decoding: raw.bytes, as: UTF8.self)) }
    #expect(String(decoding: raw.header, as: UTF8.self) == "text,label\n" && records == ["a,x\n", "b,y\n"])
  }
}
