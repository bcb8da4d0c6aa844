/// Each byte as one printable character, as GPT-2 writes it (Radford et al. 2019): a printable byte of Latin-1 stays
/// itself, any other becomes one of U+0100–U+0143. A space is `Ġ` and a line feed `Ċ`.
enum ByteAlphabet {
  /// The bytes in the order of their characters.
  static let bytes: [UInt8] = {
    let printable = (0...255).filter { 0x21...0x7E ~= $0 || 0xA1...0xAC ~= $0 || 0xAE...0xFF ~= $0 }
    return (printable + (0...255).filter { !printable.contains($0) }).map { UInt8($0) }
  }()

  /// The characters in their order.
  private static let characters: [Unicode.Scalar] = bytes.enumerated().compactMap { place, byte in
    Unicode.Scalar(place < 188 ? UInt32(byte) : UInt32(256 + place - 188))
  }

  /// The index of each byte in `bytes`.
  static let places: [Int] = {
    var result = [Int](repeating: 0, count: 256)
    for (place, byte) in bytes.enumerated() { result[Int(byte)] = place }
    return result
  }()

  private static let byCharacter: [Unicode.Scalar: UInt8] = Dictionary(
    uniqueKeysWithValues: zip(characters, bytes))

  /// Bytes as characters.
  static func text(of bytes: some Sequence<UInt8>) -> String {
    String(String.UnicodeScalarView(bytes.map { characters[places[Int($0)]] }))
  }

  /// The bytes that characters stand for; nil if one of them does not stand for a byte.
  static func bytes(of text: some StringProtocol) -> [UInt8]? {
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = byCharacter[scalar] else { return nil }
      result.append(byte)
    }
    return result
  }
}
