/// Makes the texts of the tokens of one line.
struct TokenNormalizer {
  private let settings: TokenizerSettings
  /// The line with its ASCII letters and digits already folded, which keeps every byte in its place.
  private let bytes: [UInt8]
  private let isASCII: Bool

  init(_ settings: TokenizerSettings, _ source: [UInt8]) {
    self.settings = settings
    isASCII = source.isASCII
    bytes = settings.lowercase || settings.foldDigits ? source.map { Self.fold($0, settings) } : source
  }

  /// Folds an ASCII byte and leaves any other as it is.
  @inline(__always)
  private static func fold(_ byte: UInt8, _ settings: TokenizerSettings) -> UInt8 {
    switch byte {
    case 0x41...0x5A: settings.lowercase ? byte | 0x20 : byte
    case 0x30...0x39: settings.foldDigits ? 0x30 : byte
    default: byte
    }
  }

  /// The normalised text of a range of scalars.
  func text(_ range: Range<Int>) -> String {
    if range.count == 1 { return Self.asciiTexts[Int(bytes[range.lowerBound])] }
    let slice = bytes[range]
    let text = String(decoding: slice, as: UTF8.self)
    return isASCII || slice.isASCII ? text : normalized(text)
  }

  /// The text of one byte.
  func byteText(_ index: Int) -> String { Self.byteTexts[Int(bytes[index])] }

  /// The text of every ASCII scalar, so that short tokens need no decoding.
  private static let asciiTexts: [String] = (0..<0x80).map { String(Unicode.Scalar(UInt8($0))) }

  /// The text of every byte as a token.
  private static let byteTexts: [String] = (0..<0x100).map { byte in
    if 0x20..<0x7F ~= byte { return asciiTexts[byte] }
    let hex = String(byte, radix: 16, uppercase: true)
    return byte < 0x10 ? "<0x0\(hex)>" : "<0x\(hex)>"
  }

  /// Composes before lower-casing, so that both spellings of a letter have one lower case, and again after it, because
  /// a lower case may be composed further.
  private func normalized(_ text: String) -> String {
    var result = settings.normalization == .nfc ? text.composed() : text
    guard settings.lowercase || settings.foldDigits else { return result }
    if settings.lowercase { result = result.lowercased() }
    if settings.foldDigits { result = result.withFoldedDigits() }
    return settings.normalization == .nfc ? result.composed() : result
  }
}

extension String {
  /// Every decimal digit replaced by `0`.
  fileprivate func withFoldedDigits() -> String {
    var result = UnicodeScalarView()
    for scalar in unicodeScalars {
      // The first decimal digits after ASCII are the Arabic ones.
      let isDigit = scalar.value >= 0x660 && scalar.properties.generalCategory == .decimalNumber
      result.append(isDigit ? "0" : scalar)
    }
    return String(result)
  }
}
