import SeqText
import Testing

private func clusters(_ text: String) -> [[UInt32]] {
  let bytes = Array(text.utf8)
  var result: [[UInt32]] = []
  ClusterSegmenter(bytes: bytes).forEachCluster { range in
    result.append(String(decoding: bytes[range], as: UTF8.self).unicodeScalars.map(\.value))
  }
  return result
}

@Suite struct GraphemeBoundaryTests {
  /// All pairs of classes, random strings and the longer cases of Unicode's own file, against another implementation.
  @Test func otherImplementation() {
    var count = 0
    for line in graphemeBreakCases.split(separator: "\n") {
      let values = line.split(separator: " ").compactMap { UInt32($0, radix: 16) }
      let text = String(String.UnicodeScalarView(values.compactMap(Unicode.Scalar.init)))
      let marked = clusters(text).map { $0.map(hex).joined(separator: " × ") }.joined(separator: " ÷ ")
      #expect("÷ \(marked) ÷" == line)
      count += 1
    }
    #expect(count > 2000)
  }

  private func hex(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// The longer cases of Unicode 17's GraphemeBreakTest.txt, as they stand there.
  @Test(arguments: [
    "÷ 000D × 000A ÷ 0061 ÷ 000A ÷ 0308 ÷", "÷ 0061 × 0308 ÷", "÷ 0020 × 200D ÷ 0646 ÷", "÷ 0646 × 200D ÷ 0020 ÷",
    "÷ 1100 × 1100 ÷", "÷ AC00 × 11A8 ÷ 1100 ÷", "÷ AC01 × 11A8 ÷ 1100 ÷", "÷ 1F1E6 × 1F1E7 ÷ 1F1E8 ÷ 0062 ÷",
    "÷ 0061 ÷ 1F1E6 × 1F1E7 ÷ 1F1E8 ÷ 0062 ÷", "÷ 0061 ÷ 1F1E6 × 1F1E7 × 200D ÷ 1F1E8 ÷ 0062 ÷",
    "÷ 0061 ÷ 1F1E6 × 200D ÷ 1F1E7 × 1F1E8 ÷ 0062 ÷", "÷ 0061 ÷ 1F1E6 × 1F1E7 ÷ 1F1E8 × 1F1E9 ÷ 0062 ÷",
    "÷ 0061 × 200D ÷", "÷ 0061 × 0308 ÷ 0062 ÷", "÷ 0061 × 0903 ÷ 0062 ÷", "÷ 0061 ÷ 0600 × 0062 ÷",
    "÷ 1F476 × 1F3FF ÷ 1F476 ÷", "÷ 0061 × 1F3FF ÷ 1F476 ÷", "÷ 0061 × 1F3FF ÷ 1F476 × 200D × 1F6D1 ÷",
    "÷ 1F476 × 1F3FF × 0308 × 200D × 1F476 × 1F3FF ÷", "÷ 1F6D1 × 200D × 1F6D1 ÷", "÷ 0061 × 200D ÷ 1F6D1 ÷",
    "÷ 2701 × 200D ÷ 2701 ÷", "÷ 0061 × 200D ÷ 2701 ÷", "÷ 0915 ÷ 0924 ÷", "÷ 0915 × 094D × 0924 ÷",
    "÷ 0915 × 094D × 094D × 0924 ÷", "÷ 0915 × 094D × 200D × 0924 ÷", "÷ 0915 × 093C × 200D × 094D × 0924 ÷",
    "÷ 0915 × 093C × 094D × 200D × 0924 ÷", "÷ 0915 × 094D × 0924 × 094D × 092F ÷", "÷ 0915 × 094D ÷ 0061 ÷",
    "÷ 0061 × 094D ÷ 0924 ÷", "÷ 003F × 094D ÷ 0924 ÷",
    "÷ 0AB8 × 0AFB × 0ACD × 0AB8 × 0AFB ÷", "÷ 1019 × 1039 × 1018 ÷ 102C × 1037 ÷",
    "÷ 1004 × 103A × 1039 × 1011 × 1039 × 1011 ÷",
    "÷ 1B12 × 1B01 ÷ 1B32 × 1B44 × 1B2F ÷ 1B32 × 1B44 × 1B22 × 1B44 × 1B2C ÷ 1B32 × 1B44 × 1B22 × 1B38 ÷",
    "÷ 179F × 17D2 × 178F × 17D2 × 179A × 17B8 ÷", "÷ 1B26 ÷ 1B17 × 1B44 × 1B13 ÷",
    "÷ 1B27 ÷ 1B13 × 1B44 × 1B0B ÷ 1B0B × 1B04 ÷", "÷ 1795 × 17D2 × 17AF ÷ 1798 ÷",
    "÷ 17A0 × 17D2 × 17AB ÷ 1791 × 17D0 ÷ 1799 ÷",
  ])
  func unicodeFile(line: String) {
    let values = line.split(separator: " ").compactMap { UInt32($0, radix: 16) }
    let text = String(String.UnicodeScalarView(values.compactMap(Unicode.Scalar.init)))
    let marked = clusters(text).map { $0.map(hex).joined(separator: " × ") }.joined(separator: " ÷ ")
    #expect("÷ \(marked) ÷" == line)
  }
}
