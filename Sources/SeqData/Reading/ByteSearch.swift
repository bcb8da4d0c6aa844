#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The index of the first such byte in a range of some bytes: the C library looks at many at a time.
@inline(__always)
func firstIndex(of byte: UInt8, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
  precondition(range.upperBound <= bytes.count, "a range beyond the bytes")
  return unsafe bytes.withUnsafeBytes { buffer -> Int? in
    guard !range.isEmpty, let base = buffer.baseAddress else { return nil }
    guard let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return unsafe UnsafeRawPointer(found) - base
  }
}
