import SeqCore
import SeqData
import SeqRecords
import SeqTestSupport
import Testing

/// Files in other encodings than UTF-8: their texts, and the places of bytes that are wrong.
@Suite struct EncodingTests {
  private static let text = "text,label\nÄpfel 苹果 😀,x\n好吃,y\n"
  private static let expected = TemporaryFolder.Outcome.records([
    Record(text: "Äpfel 苹果 😀", label: "x", line: 2), Record(text: "好吃", label: "y", line: 3),
  ])

  private static func utf16(_ text: String, big: Bool, mark: Bool = true) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
      big ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
  }

  private func read(_ bytes: [UInt8], _ encoding: TextEncoding) throws -> TemporaryFolder.Outcome {
    try SeqDataTests.read(bytes, as: .csv) { $0.encoding = encoding }
  }

  @Test(arguments: [false, true], [false, true]) func utf16WithAndWithoutMark(big: Bool, mark: Bool) throws {
    let bytes = Self.utf16(Self.text, big: big, mark: mark)
    #expect(try read(bytes, big ? .utf16be : .utf16le) == Self.expected)
    if mark { #expect(try read(bytes, .utf16) == Self.expected) }
  }

  @Test func utf16Mistakes() throws {
    #expect(
      try read(Self.utf16(Self.text, big: false, mark: false), .utf16).message
        == "f:1:1: no byte-order mark, which utf-16 starts with (\"encoding\": \"utf-16le\" or \"utf-16be\")")
    let half = Self.utf16("text,label\naé", big: false) + [0x00, 0xD8, 0x61, 0x00]
    #expect(try read(half, .utf16).message == "f:2:3: half a surrogate pair, 0x00 0xD8")
    #expect(
      try read(Self.utf16(Self.text, big: true) + [0], .utf16).message
        == "f:4:1: the UTF-16 text ends in the middle of a character")
    #expect(
      try read(Self.utf16(Self.text, big: true), .utf8).message
        == "f:1:1: this is UTF-16 text, expected UTF-8 (say so: \"encoding\": \"utf-16\")")
  }

  @Test func gb18030() throws {
    // 好吃 in two bytes each, 😀 in four.
    let good: [UInt8] =
      Array("text,label\n".utf8) + [0xBA, 0xC3, 0xB3, 0xD4, 0x94, 0x39, 0xFC, 0x36] + Array(",x\n".utf8)
    #expect(try read(good, .gb18030) == .records([Record(text: "好吃😀", label: "x", line: 2)]))
    let bad: [UInt8] = Array("text,label\na".utf8) + [0xBA, 0xC3, 0xFF, 0x2C, 0x78]
    #expect(try read(bad, .gb18030).message == "f:2:3: byte 0xFF is not GB18030")
    let cut: [UInt8] = Array("text,label\na".utf8) + [0xBA]
    #expect(try read(cut, .gb18030).message == "f:2:2: the GB18030 text ends in the middle of a character")
  }

  @Test func windows1252() throws {
    let bytes = Array("text,label\nit".utf8) + [0x92] + Array("s ".utf8) + [0x80, 0xE9, 0x81] + Array(",x\n".utf8)
    #expect(
      try read(bytes, .windows1252) == .records([Record(text: "it\u{2019}s \u{20AC}\u{E9}\u{81}", label: "x", line: 2)])
    )
    #expect(
      try read(Array("\u{FEFF}text,label\n".utf8), .windows1252).message?.contains("set to windows-1252") == true)
  }

  @Test(arguments: [
    (TextEncoding.utf8, Array("a".utf8) + [0xE9] + Array("b".utf8), "byte that is not UTF-8 was"),
    (.utf16le, [0x61, 0, 0x00, 0xD8, 0x62, 0], "bytes that are not UTF-16LE were"),
    (.utf16le, [0x61, 0, 0x00, 0xDC, 0x62, 0], "bytes that are not UTF-16LE were"),
    (.gb18030, [0x61, 0xFF, 0x62], "bytes that are not GB18030 were"),
  ])
  func wrongBytesAreReplacedOnDemand(encoding: TextEncoding, bytes: [UInt8], what: String) throws {
    let end: [UInt8] = encoding == .utf16le ? [0x0A, 0] : [0x0A]
    let noted = try readNoted(bytes + end + bytes + end, as: .lines, wanting: .text) {
      ($0.encoding, $0.invalidBytes) = (encoding, .replace)
    }
    #expect(noted.outcome.records?.map(\.text) == ["a\u{FFFD}b", "a\u{FFFD}b"])
    #expect(noted.notes.count == 1 && noted.notes[0].contains(what) && noted.notes[0].hasPrefix("f:1:2: "))
  }

  @Test(arguments: [TextEncoding.utf16le, .gb18030]) func halfACharacterAtTheEndIsReplaced(encoding: TextEncoding)
    throws
  {
    let bytes: [UInt8] = encoding == .utf16le ? [0x61, 0, 0x62] : [0x61, 0xBA]
    let noted = try readNoted(bytes, as: .lines, wanting: .text) {
      ($0.encoding, $0.invalidBytes) = (encoding, .replace)
    }
    #expect(noted.outcome.records?.map(\.text) == ["a\u{FFFD}"] && noted.notes.count == 1)
  }

  @Test func whatCannotBeReadAtAllIsRefusedAllTheSame() throws {
    let outcome = try SeqDataTests.read(Self.utf16(Self.text, big: false, mark: false), as: .csv) {
      ($0.encoding, $0.invalidBytes) = (.utf16, .replace)
    }
    #expect(outcome.message?.contains("no byte-order mark") == true)
  }

  /// Characters lie across the borders of all buffers.
  @Test(arguments: [TextEncoding.utf16, .gb18030]) func largeFiles(encoding: TextEncoding) throws {
    let count = 70_001
    let line = encoding == .utf16 ? Self.utf16("好x\n", big: true, mark: false) : [0xBA, 0xC3, 0x78, 0x0A]
    var bytes = encoding == .utf16 ? Self.utf16("", big: true) : []
    for _ in 0..<count { bytes += line }
    let records = try SeqDataTests.read(bytes, as: .lines, wanting: .text) { $0.encoding = encoding }.records
    #expect(records?.count == count)
    #expect(records?.allSatisfy { $0.text == "好x" } == true)
  }
}
