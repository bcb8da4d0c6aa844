import SeqModel
package import SeqText

/// Finds the id of a token as an entry of the vocabulary.
package struct WordLookup: Sendable {
  package let vocabulary: Vocabulary
  /// What is done to a token before it is looked up; nil for nothing.
  private let normalizer: Tokenizer?
  /// Whether a token that is not known is looked up in lower case.
  private let fallsBack: Bool

  package init(_ vocabulary: Vocabulary, _ config: ModelConfig) {
    self.vocabulary = vocabulary
    normalizer = Self.normalizer(config)
    fallsBack = config.model.features.contains { $0.vectors != nil }
  }

  /// What tokens become before they are counted or looked up.
  package static func normalizer(_ config: ModelConfig) -> Tokenizer? {
    let settings = config.vocabulary
    guard settings.lowercase || settings.foldDigits else { return nil }
    return try? Tokenizer(
      TokenizerSettings(
        kind: .whitespace, normalization: .none, lowercase: settings.lowercase, foldDigits: settings.foldDigits))
  }

  /// The id of a token in UTF-8.
  @inline(__always)
  package func id(ofUTF8 token: ArraySlice<UInt8>) -> Int32 {
    if normalizer == nil, !fallsBack { return vocabulary.id(ofUTF8: token) }
    return slowID(token)
  }

  private func slowID(_ token: ArraySlice<UInt8>) -> Int32 {
    var id = Vocabulary.unknownID
    if let normalizer {
      normalizer.visitNormalized(utf8: token) { id = vocabulary.id(ofUTF8: $0) }
    } else {
      id = vocabulary.id(ofUTF8: token)
    }
    guard fallsBack, id == Vocabulary.unknownID else { return id }
    return vocabulary.id(of: String(decoding: token, as: UTF8.self).lowercased())
  }
}
