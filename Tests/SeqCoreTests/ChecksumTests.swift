import SeqCore
import Testing

/// The number by which a damaged file is found.
@Suite struct ChecksumTests {
  @Test(
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ] as [(String, UInt64)])
  func `texts have the numbers of the reference implementation`(text: String, number: UInt64) {
    #expect(Checksum.value(of: Array(text.utf8)) == number)
  }

  @Test func `it does not matter how the bytes are cut`() {
    let bytes = (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 3) }
    let whole = Checksum.value(of: bytes)
    for step in [1, 3, 8, 31, 32, 33, 100] {
      var checksum = Checksum()
      for start in stride(from: 0, to: bytes.count, by: step) {
        checksum.add(bytes[start..<min(start + step, bytes.count)])
      }
      #expect(checksum.value == whole, "steps of \(step)")
    }
  }

  @Test func `each changed bit changes the number`() {
    let bytes = [UInt8](repeating: 7, count: 77)
    let whole = Checksum.value(of: bytes)
    for position in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[position] ^= 1 << bit
        #expect(Checksum.value(of: changed) != whole)
      }
    }
  }
}
