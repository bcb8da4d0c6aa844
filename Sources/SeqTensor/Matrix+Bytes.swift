extension Matrix {
  /// Appends the elements, row by row, as little-endian IEEE 754 numbers.
  package func appendBytes(to bytes: inout [UInt8]) {
    unsafe forEachRun { start, count in
      for i in 0..<count {
        unsafe withUnsafeBytes(of: start[i].bitPattern.littleEndian) { unsafe bytes.append(contentsOf: $0) }
      }
    }
  }

  /// Takes the elements, row by row, from little-endian IEEE 754 numbers. - Precondition: 4 bytes an element.
  package func copy(bytes: ArraySlice<UInt8>) {
    precondition(bytes.count == 4 * count, "\(bytes.count) bytes for \(count) elements")
    var source = bytes.startIndex
    unsafe forEachRun { start, count in
      for i in 0..<count {
        let bits =
          UInt32(bytes[source]) | UInt32(bytes[source + 1]) << 8 | UInt32(bytes[source + 2]) << 16
          | UInt32(bytes[source + 3]) << 24
        unsafe start[i] = Float(bitPattern: bits)
        source += 4
      }
    }
  }
}
