/// A checksum that shows whether a file is damaged: XXH64 (Collet, https://xxhash.com), with the seed 0.
///
/// It finds the errors of a bad disk or a broken copy, at gigabytes per second. It does not protect against somebody
/// who changes a file together with its checksum.
package struct Checksum: Sendable {
  private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63, 0x27D4_EB2F_1656_67C5
  )
  private static let stripe = 32

  private var lanes: (UInt64, UInt64, UInt64, UInt64)
  private var count = 0
  /// The bytes after the last whole stripe.
  private var rest: [UInt8] = []

  package init() {
    lanes = (Self.primes.0 &+ Self.primes.1, Self.primes.1, 0, 0 &- Self.primes.0)
  }

  /// The checksum of some bytes.
  package static func value(of bytes: [UInt8]) -> UInt64 {
    var checksum = Checksum()
    checksum.add(bytes)
    return checksum.value
  }

  /// The checksum of a text in UTF-8, as hexadecimal digits.
  package static func text(of text: String) -> String { String(value(of: Array(text.utf8)), radix: 16) }

  /// Adds bytes. It does not matter how they are divided into calls.
  package mutating func add(_ bytes: [UInt8]) { add(bytes[...]) }

  /// Adds bytes. It does not matter how they are divided into calls.
  package mutating func add(_ bytes: ArraySlice<UInt8>) {
    count += bytes.count
    var bytes = bytes
    if !rest.isEmpty {
      let missing = min(Self.stripe - rest.count, bytes.count)
      rest += bytes.prefix(missing)
      bytes = bytes.dropFirst(missing)
      guard rest.count == Self.stripe else { return }
      unsafe rest.withUnsafeBytes { unsafe addStripes($0) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = bytes.count / Self.stripe * Self.stripe
    unsafe bytes.prefix(whole).withUnsafeBytes { unsafe addStripes($0) }
    rest += bytes.dropFirst(whole)
  }

  private mutating func addStripes(_ bytes: UnsafeRawBufferPointer) {
    var (a, b, c, d) = lanes
    var at = 0
    while at < bytes.count {
      a = Self.round(a, unsafe Self.word(bytes, at))
      b = Self.round(b, unsafe Self.word(bytes, at &+ 8))
      c = Self.round(c, unsafe Self.word(bytes, at &+ 16))
      d = Self.round(d, unsafe Self.word(bytes, at &+ 24))
      at &+= Self.stripe
    }
    lanes = (a, b, c, d)
  }

  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }

  @inline(__always)
  private static func rotated(_ number: UInt64, _ bits: UInt64) -> UInt64 { number << bits | number >> (64 - bits) }

  @inline(__always)
  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotated(lane &+ word &* primes.1, 31) &* primes.0
  }

  /// The checksum of all bytes so far.
  package var value: UInt64 {
    let primes = Self.primes
    var hash = count < Self.stripe ? primes.4 : mergedLanes
    hash &+= UInt64(count)
    var rest = rest[...]
    while rest.count >= 8 {
      hash = Self.rotated(hash ^ Self.round(0, Self.number(rest.prefix(8))), 27) &* primes.0 &+ primes.3
      rest = rest.dropFirst(8)
    }
    if rest.count >= 4 {
      hash = Self.rotated(hash ^ Self.number(rest.prefix(4)) &* primes.0, 23) &* primes.1 &+ primes.2
      rest = rest.dropFirst(4)
    }
    for byte in rest { hash = Self.rotated(hash ^ UInt64(byte) &* primes.4, 11) &* primes.0 }
    hash = (hash ^ hash >> 33) &* primes.1
    hash = (hash ^ hash >> 29) &* primes.2
    return hash ^ hash >> 32
  }

  private var mergedLanes: UInt64 {
    let (a, b, c, d) = lanes
    var hash = Self.rotated(a, 1) &+ Self.rotated(b, 7) &+ Self.rotated(c, 12) &+ Self.rotated(d, 18)
    for lane in [a, b, c, d] { hash = (hash ^ Self.round(0, lane)) &* Self.primes.0 &+ Self.primes.3 }
    return hash
  }

  /// The number that the bytes encode, in little-endian order.
  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
