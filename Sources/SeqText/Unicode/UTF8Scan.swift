/// Decoding of UTF-8 that is known to be valid because it comes from a `String`.
extension RandomAccessCollection<UInt8> where Index == Int {
  /// The scalar that starts at an index, and the index after it.
  @inline(__always)
  func scalar(at index: Int) -> (value: UInt32, end: Int) {
    let lead = UInt32(self[index])
    if lead < 0x80 { return (lead, index + 1) }
    let second = UInt32(self[index + 1] & 0x3F)
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, index + 2) }
    let third = UInt32(self[index + 2] & 0x3F)
    if lead < 0xF0 { return ((lead & 0x0F) << 12 | second << 6 | third, index + 3) }
    let fourth = UInt32(self[index + 3] & 0x3F)
    return ((lead & 0x07) << 18 | second << 12 | third << 6 | fourth, index + 4)
  }
}

extension [UInt8] {
  /// Whether every scalar in a range is White_Space.
  func isWhiteSpace(in range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound {
      let (value, end) = scalar(at: at)
      guard isWhiteSpaceScalar(value) else { return false }
      at = end
    }
    return true
  }
}

/// Whether a scalar has the property White_Space, a set that Unicode no longer changes.
@inline(__always)
func isWhiteSpaceScalar(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x20, 0x09...0x0D: true
  case ..<0x85: false
  case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
  default: false
  }
}

extension Sequence<UInt8> {
  /// Whether all bytes are ASCII.
  var isASCII: Bool { !contains { $0 >= 0x80 } }
}
