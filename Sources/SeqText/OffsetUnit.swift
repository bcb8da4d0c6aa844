/// The unit in which positions in a line are counted.
public enum OffsetUnit: String, CaseIterable, Sendable {
  /// Bytes of UTF-8, as in Rust, Go and C.
  case utf8
  /// Units of 16 bits, as in JavaScript, Java and C#.
  case utf16
  /// Unicode scalars, as in Python.
  case scalar
  /// Extended grapheme clusters (UAX #29), as in Swift.
  case grapheme

  /// Converts ranges of UTF-8 bytes to this unit: to the smallest ranges of whole units that cover them.
  ///
  /// - Parameter ranges: ranges within the line, as a tokenizer gives them.
  public func ranges(of ranges: [Range<Int>], in line: String) -> [Range<Int>] {
    if self == .utf8 { return ranges }
    let bytes = Array(line.utf8)
    if bytes.isASCII, self != .grapheme || !bytes.contains(0x0D) { return ranges }
    let places = OffsetPlaces(bytes, self)
    return ranges.map { places.before[$0.lowerBound]..<places.after[$0.upperBound] }
  }
}

/// For every byte of a line, the number of units that end before it, and of those that start before it.
private struct OffsetPlaces {
  private(set) var before: [Int] = []
  private(set) var after: [Int] = []

  init(_ bytes: [UInt8], _ unit: OffsetUnit) {
    before.reserveCapacity(bytes.count + 1)
    after.reserveCapacity(bytes.count + 1)
    var count = 0
    func add(_ range: Range<Int>, _ width: Int) {
      for i in range {
        before.append(count)
        after.append(i == range.lowerBound ? count : count + width)
      }
      count += width
    }
    if unit == .grapheme {
      ClusterSegmenter(bytes: bytes).forEachCluster { add($0, 1) }
    } else {
      var at = 0
      while at < bytes.count {
        let end = bytes.scalar(at: at).end
        add(at..<end, unit == .utf16 && end - at == 4 ? 2 : 1)
        at = end
      }
    }
    before.append(count)
    after.append(count)
  }
}
