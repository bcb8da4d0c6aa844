extension Matrix {
  /// Appends the elements, row by row, as little-endian IEEE 754 numbers.
  package func appendBytes(to bytes: inout [UInt8]) {
    unsafe forEachRun { start, count in
      #if _endian(little)
        unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: 4 * count))
      #else
        for i in 0..<count {
          unsafe withUnsafeBytes(of: start[i].bitPattern.littleEndian) { unsafe bytes.append(contentsOf: $0) }
        }
      #endif
    }
  }

  /// Takes the elements, row by row, from little-endian IEEE 754 numbers. - Precondition: 4 bytes an element.
  package func copy(bytes: ArraySlice<UInt8>) {
    precondition(bytes.count == 4 * count, "\(bytes.count) bytes for \(count) elements")
    unsafe bytes.withUnsafeBytes { source in
      var offset = 0
      unsafe forEachRun { start, count in
        for i in 0..<count {
          let bits = unsafe source.loadUnaligned(fromByteOffset: offset + 4 * i, as: UInt32.self)
          unsafe start[i] = Float(bitPattern: UInt32(littleEndian: bits))
        }
        offset += 4 * count
      }
    }
  }
}
