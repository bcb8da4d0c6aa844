/// Makes the normalised texts of the tokens of one line.
struct TokenNormalizer {
  private let settings: TokenizerSettings
  /// The line with its ASCII letters and digits already folded, which keeps every byte in its place.
  let bytes: [UInt8]
  /// Whether `bytes` needs no further normalisation.
  let isByteWise: Bool
  private let folds: Bool

  init(_ settings: TokenizerSettings, _ source: [UInt8]) {
    self.settings = settings
    folds = settings.lowercase || settings.foldDigits
    isByteWise = !folds && settings.normalization == .none || source.isASCII
    bytes = folds ? source.map { Self.fold($0, settings) } : source
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

  /// Calls `body` with the normalised UTF-8 of a range of scalars; it is the line's own where nothing changes.
  @inline(__always)
  func visit(_ range: Range<Int>, _ body: (ArraySlice<UInt8>) -> Void) {
    let slice = bytes[range]
    if isByteWise || !changes(slice) { return body(slice) }
    body(Array(normalized(String(decoding: slice, as: UTF8.self)).utf8)[...])
  }

  /// Whether normalisation may change a slice that is folded where it is ASCII.
  private func changes(_ slice: ArraySlice<UInt8>) -> Bool {
    if slice.isASCII { return false }
    return folds || !slice.isSurelyComposed
  }

  /// The text of every byte as a token.
  static let byteTexts: [ArraySlice<UInt8>] = (0..<0x100).map { byte in
    0x20..<0x7F ~= byte ? [UInt8(byte)] : pieceBytes[byte]
  }

  /// The text of every byte as a piece of its own.
  static let pieceBytes: [ArraySlice<UInt8>] = (0..<0x100).map { byte in
    let hex = String(byte, radix: 16, uppercase: true)
    return Array("<0x\(byte < 0x10 ? "0" : "")\(hex)>".utf8)[...]
  }

  /// Composes before lower-casing, so that both forms of a letter have the same lower case, and again after it, because
  /// a lower-case letter may compose further.
  private func normalized(_ text: String) -> String {
    var result = settings.normalization == .nfc ? text.composed() : text
    guard folds else { return result }
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
      let isDigit = scalar.value >= 0x660 && ScalarCategory(scalar.value).isDecimal
      result.append(isDigit ? "0" : scalar)
    }
    return String(result)
  }
}
