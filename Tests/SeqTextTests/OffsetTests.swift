import SeqText
import Testing

@Suite struct OffsetTests {
  @Test func everyUnit() throws {
    let line = "a👩‍🚀 e\u{301}中"
    let ranges = try tokenizer(.whitespace).tokens(of: line).map(\.range)
    #expect(OffsetUnit.utf8.ranges(of: ranges, in: line) == [0..<12, 13..<19])
    #expect(OffsetUnit.utf16.ranges(of: ranges, in: line) == [0..<6, 7..<10])
    #expect(OffsetUnit.scalar.ranges(of: ranges, in: line) == [0..<4, 5..<8])
    #expect(OffsetUnit.grapheme.ranges(of: ranges, in: line) == [0..<2, 3..<5])
  }

  /// A part of a unit counts as the unit.
  @Test func partsOfUnits() {
    let line = "é👍🏽"
    let bytes = (0..<line.utf8.count).map { $0..<$0 + 1 }
    #expect(
      OffsetUnit.scalar.ranges(of: bytes, in: line) == [0..<1, 0..<1] + Array(repeating: 1..<2, count: 4)
        + Array(repeating: 2..<3, count: 4))
    #expect(OffsetUnit.utf16.ranges(of: [2..<4], in: line) == [1..<3])
    #expect(OffsetUnit.grapheme.ranges(of: [6..<10, 10..<10], in: line) == [1..<2, 2..<2])
  }

  /// Against Swift's own views, for tokens that are whole clusters.
  @Test func swiftAgrees() throws {
    for index in 0..<300 {
      let line = RandomText.line(index)
      let tokens = try tokenizer(.character, .none).tokens(of: line)
      let texts = tokens.compactMap { source($0, in: line) }
      func expected(_ count: (String) -> Int) -> [Range<Int>] {
        var start = 0
        return texts.map { text in
          defer { start += count(text) }
          return start..<start + count(text)
        }
      }
      let ranges = tokens.map(\.range)
      #expect(OffsetUnit.utf16.ranges(of: ranges, in: line) == expected { $0.utf16.count })
      #expect(OffsetUnit.scalar.ranges(of: ranges, in: line) == expected { $0.unicodeScalars.count })
      #expect(OffsetUnit.grapheme.ranges(of: ranges, in: line) == ranges.indices.map { $0..<$0 + 1 })
    }
  }
}
