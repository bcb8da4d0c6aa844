import SeqCore

/// The bytes of a file as UTF-8, whatever its encoding. Single-byte encodings, like UTF-8 itself, are left to the line
/// reader.
final class TextSource {
  private let source: ByteSource
  private let decoder: (any ByteDecoder)?
  /// Bytes that are not decoded yet, because they may be an incomplete character.
  private var input: [UInt8] = []
  private var chunk: [UInt8]
  private var output: [UInt8] = []
  private var isAtEnd = false
  /// Whether there is input after a fault that was skipped.
  private var holdsUntried = false
  /// What stopped the decoding, right after the characters that were read.
  private(set) var fault: DecodingFault?

  init(_ path: String, options: ReadingOptions) throws(SeqError) {
    let encoding = options.encoding
    source = try ByteSource(path)
    chunk = encoding == .utf8 || encoding.isSingleByte ? [] : [UInt8](repeating: 0, count: 1 << 15)
    switch encoding {
    case .utf8, .latin1, .windows1252: decoder = nil
    case .utf16, .utf16le, .utf16be: decoder = UTF16Decoder(encoding, options.naming)
    case .gb18030:
      guard let iconv = IconvDecoder("GB18030") else {
        throw .data(
          "this seqtool cannot read GB18030: its C library brings no table for it", at: .file(source.file.name),
          remedy: "convert it first: iconv -f GB18030 -t UTF-8")
      }
      decoder = iconv
    }
  }

  /// The file as messages name it.
  var name: String { source.file.name }

  /// Fills `buffer` from its start and returns the number of bytes; 0 at the end or at a fault.
  /// - Precondition: the buffer has room for 2¹⁷ bytes.
  func read(into buffer: inout [UInt8]) throws(SeqError) -> Int {
    guard let decoder else { return try source.read(into: &buffer) }
    output.removeAll(keepingCapacity: true)
    while output.isEmpty, fault == nil, !isAtEnd || !input.isEmpty {
      if !isAtEnd, !holdsUntried {
        let count = try source.read(into: &chunk)
        isAtEnd = count == 0
        input.append(contentsOf: chunk[..<count])
      }
      holdsUntried = false
      let (taken, fault) = decoder.decode(input[...], isLast: isAtEnd, into: &output)
      input.removeFirst(taken)
      self.fault = fault
    }
    buffer.replaceSubrange(0..<output.count, with: output)
    return output.count
  }

  /// Skips the bytes that stopped the decoding.
  /// - Returns: false if nothing after them can be read.
  func skipFault() -> Bool {
    guard let length = fault?.length, length > 0 else { return false }
    input.removeFirst(min(length, input.count))
    (fault, holdsUntried) = (nil, true)
    return true
  }
}
