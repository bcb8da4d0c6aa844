#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The index of the first such byte in a range. The C library examines many bytes at a time.
@inline(__always)
func firstIndex(of byte: UInt8, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
  precondition(range.upperBound <= bytes.count, "a range beyond the bytes")
  return unsafe bytes.withUnsafeBytes { buffer -> Int? in
    guard !range.isEmpty, let base = buffer.baseAddress else { return nil }
    guard let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return unsafe UnsafeRawPointer(found) - base
  }
}

/// Whether all bytes are ASCII and none is NUL. It reads eight bytes at a time without an early exit, because it runs
/// on every line.
func isPlainASCII(_ bytes: [UInt8]) -> Bool {
  unsafe bytes.withUnsafeBytes { buffer in
    var (i, high) = (0, UInt64(0))
    while i + 8 <= buffer.count {
      let part = unsafe buffer.loadUnaligned(fromByteOffset: i, as: UInt64.self)
      // The lowest zero byte borrows and so sets its upper bit; without a zero byte, nothing borrows.
      high |= part | (part &- 0x0101_0101_0101_0101)
      i += 8
    }
    while i < buffer.count {
      high |= unsafe UInt64(buffer[i] | (buffer[i] &- 1))
      i += 1
    }
    return high & 0x8080_8080_8080_8080 == 0
  }
}
