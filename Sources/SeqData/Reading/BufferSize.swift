/// The size of reads: small at first, because data may be thousands of small files, then large.
enum BufferSize {
  static let first = 1 << 13
  static let largest = 1 << 17

  /// Enlarges a buffer to its full size once a read has filled it.
  static func enlarge(_ buffer: inout [UInt8], after count: Int) {
    if count == buffer.count, count < largest { buffer = [UInt8](repeating: 0, count: largest) }
  }
}
