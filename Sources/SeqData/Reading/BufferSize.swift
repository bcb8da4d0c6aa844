/// How many bytes a file is read by: few at first, for data may be thousands of small files, then many.
enum BufferSize {
  static let first = 1 << 13
  static let largest = 1 << 17

  /// Makes a buffer as large as it may be once a read has filled it.
  static func enlarge(_ buffer: inout [UInt8], after count: Int) {
    if count == buffer.count, count < largest { buffer = [UInt8](repeating: 0, count: largest) }
  }
}
