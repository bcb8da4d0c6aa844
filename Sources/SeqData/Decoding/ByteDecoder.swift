/// Converts bytes of an encoding to UTF-8, piece by piece.
protocol ByteDecoder: AnyObject {
  /// Decodes the complete characters.
  ///
  /// - Parameters:
  ///   - input: the bytes after those decoded so far.
  ///   - isLast: whether the input ends with these bytes, so that an incomplete character is a mistake.
  ///   - output: gets the UTF-8, at most four bytes for each byte of input.
  /// - Returns: how many bytes were decoded, and what is wrong with the next one, if anything.
  func decode(_ input: ArraySlice<UInt8>, isLast: Bool, into output: inout [UInt8]) -> (
    taken: Int, fault: DecodingFault?
  )
}

/// What is wrong with the bytes after those that could be decoded.
struct DecodingFault {
  let message: String
  var remedy: String?
  /// How many bytes are wrong, so that reading can continue after them; 0 if it cannot.
  var length = 0
}

/// `0x` and two digits for each of some bytes.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0x0" : "0x") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
}
