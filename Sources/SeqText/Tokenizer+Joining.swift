extension Tokenizer {
  /// The text that tokens give when joined: the reverse of splitting, as far as possible.
  ///
  /// Characters, bytes and pieces are joined directly; bytes that are not UTF-8 become U+FFFD. Tokens of the kind
  /// `chinese` get a space between two that end and begin with an ASCII letter or digit. Tokens of all other kinds are
  /// joined with spaces, because the original white space is unknown.
  public func text(joining tokens: [String]) -> String {
    switch settings.kind {
    case .character: return tokens.joined()
    case .byte: return String(decoding: tokens.flatMap(Self.bytes), as: UTF8.self)
    case .bpe, .unigram:
      let known = tokens.filter { subwords?.contains($0) ?? false }
      return String(decoding: subwords?.bytes(of: known) ?? [], as: UTF8.self)
    case .chinese:
      return tokens.dropFirst().reduce(tokens.first ?? "") { text, token in
        let isBetweenWords = Self.isWordByte(text.utf8.last) && Self.isWordByte(token.utf8.first)
        return text + (isBetweenWords ? " " : "") + token
      }
    case .whitespace, .word, .penn, .regex: return tokens.joined(separator: " ")
    }
  }

  /// The byte that a token of the kind `byte` stands for.
  private static func bytes(of token: String) -> [UInt8] {
    guard token.utf8.count == 6, token.hasPrefix("<0x"), let byte = UInt8(token.dropFirst(3).dropLast(), radix: 16)
    else {
      return Array(token.utf8)
    }
    return [byte]
  }

  private static func isWordByte(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return 0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
  }
}
