/// The features of a text for a linear classifier: its n-grams of tokens and, if tokens are words, their n-grams of
/// characters, each counted once.
struct TextFeatures: Sendable, Equatable {
  /// The length of the longest n-gram, in tokens.
  var tokens: Int
  /// The lengths of the shortest and the longest n-gram of a word's characters, including its borders; 0 and 0 for
  /// none.
  var shortest: Int
  var longest: Int

  /// The border before and after a text or a word; this byte does not occur in UTF-8.
  private static let border: UInt8 = 0xFF

  /// The length of the shortest n-gram of a word's characters, if they are used.
  static let shortestGram = 3
  /// The largest values of `tokens` and `longest`.
  static let mostTokens = 16, mostCharacters = 16

  /// The features of a text, each once, in ascending order.
  func distinct(of text: [ArraySlice<UInt8>]) -> [UInt32] {
    var keys: [UInt32] = []
    forEach(of: text) { keys.append($0) }
    return keys.sortedDistinct()
  }

  /// Calls `body` with the features of a text, some of them more than once.
  func forEach(of text: [ArraySlice<UInt8>], _ body: (UInt32) -> Void) {
    guard !text.isEmpty else { return }
    for start in -1..<text.count {
      var key = FeatureKey(1)
      for end in start..<min(text.count + 1, start + tokens) {
        if end < 0 || end == text.count { key.add(Self.border) } else { key.add(text[end]) }
        key.add(UInt8(0))
        // A border alone is not a feature.
        if end >= 0, start >= 0 || end > start { body(key.value) }
      }
    }
    guard longest > 0 else { return }
    for word in text { forEachGram(of: word, body) }
  }

  /// Calls `body` with the n-grams of a word's characters; a character is a code point.
  private func forEachGram(of word: ArraySlice<UInt8>, _ body: (UInt32) -> Void) {
    // Where characters start: a border, those of the word, a border.
    var start = word.startIndex - 1
    while start < word.endIndex {
      var key = FeatureKey(2)
      var (end, length) = (start, 0)
      while end <= word.endIndex, length < longest {
        let next = end < word.startIndex || end == word.endIndex ? end + 1 : word.next(end)
        if end < word.startIndex || end == word.endIndex { key.add(Self.border) } else { key.add(word[end..<next]) }
        (end, length) = (next, length + 1)
        if length >= shortest { body(key.value) }
      }
      start = start < word.startIndex ? word.startIndex : word.next(start)
    }
  }
}

extension ArraySlice<UInt8> {
  /// Where the next character starts.
  func next(_ index: Int) -> Int {
    var index = index + 1
    while index < endIndex, self[index] & 0xC0 == 0x80 { index += 1 }
    return index
  }
}

extension [UInt32] {
  /// Each number once, in ascending order.
  func sortedDistinct() -> [UInt32] {
    var keys = sorted()
    var count = 0
    for key in keys where count == 0 || keys[count - 1] != key {
      keys[count] = key
      count += 1
    }
    keys.removeLast(keys.count - count)
    return keys
  }
}
