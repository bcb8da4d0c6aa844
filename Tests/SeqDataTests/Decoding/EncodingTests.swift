import SeqCore
import SeqData
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
