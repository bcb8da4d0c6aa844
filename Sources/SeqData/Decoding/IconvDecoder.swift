import CIconv

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Decodes an encoding that the C library's iconv supports.
@safe final class IconvDecoder: ByteDecoder {
  private let converter: iconv_t
  private let name: String
  private var room: [UInt8] = []

  /// - Parameter name: the encoding's name for iconv and for messages.
  /// - Returns: nil if iconv does not support it, as in a statically linked program.
  init?(_ name: String) {
    self.name = name
    unsafe converter = iconv_open("UTF-8", name)
    if unsafe seq_iconv_failed(converter) != 0 { return nil }
  }

  deinit { if unsafe seq_iconv_failed(converter) == 0 { unsafe iconv_close(converter) } }

  func decode(
    _ input: ArraySlice<UInt8>, isLast: Bool, into output: inout [UInt8]
  ) -> (taken: Int, fault: DecodingFault?) {
    let capacity = 4 * input.count + 16
    if room.count < capacity { room = [UInt8](repeating: 0, count: capacity) }
    var (inputLeft, outputLeft) = (input.count, capacity)
    let status = unsafe input.withUnsafeBytes { source in
      unsafe room.withUnsafeMutableBytes { target in
        // iconv does not write to its input, whatever its type says.
        var from = unsafe UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: CChar.self))
        var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
        return unsafe seq_iconv(converter, &from, &inputLeft, &to, &outputLeft)
      }
    }
    let reason = errno
    output.append(contentsOf: room[..<(capacity - outputLeft)])
    let taken = input.count - inputLeft
    guard status == -1 else { return (taken, nil) }
    if reason == EINVAL, !isLast { return (taken, nil) }
    let rest = input.dropFirst(taken)
    let message =
      reason == EINVAL
      ? "the \(name) text ends in the middle of a character" : "byte \(hexadecimal(rest.prefix(1))) is not \(name)"
    return (taken, DecodingFault(message: message, length: reason == EINVAL ? rest.count : 1))
  }
}
