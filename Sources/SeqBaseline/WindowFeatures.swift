/// The features of a token for a linear tagger: the word, its affixes and its shape, the words around it, and the tags
/// of the two tokens before (Ratnaparkhi 1996, "A maximum entropy model for part-of-speech tagging").
enum WindowFeatures {
  /// The parts of a word that features are made of.
  struct Word {
    let raw: [UInt8]
    let lower: [UInt8]
    /// The kinds of its letters, with runs as one: `Xx` for Paris, `d-x` for 19-year.
    let shape: [UInt8]

    init(_ text: String) {
      raw = Array(text.utf8)
      lower = Array(text.lowercased().utf8)
      var shape: [UInt8] = []
      for scalar in text.unicodeScalars {
        let kind = Self.kind(scalar)
        if shape.last != kind { shape.append(kind) }
      }
      self.shape = shape
    }

    private static func kind(_ scalar: Unicode.Scalar) -> UInt8 {
      let properties = scalar.properties
      if properties.isUppercase { return 0x58 }
      if properties.isAlphabetic { return 0x78 }
      if properties.numericType != nil { return 0x64 }
      return scalar.isASCII ? UInt8(scalar.value) : 0x7E
    }

    /// The border before and after a sentence.
    static let border = Word(border: [0xFF])

    private init(border: [UInt8]) { (raw, lower, shape) = (border, border, border) }
  }

  /// The length of the longest affix, in characters.
  private static let longestAffix = 5

  /// The features that do not depend on tags, each once, in ascending order.
  static func distinct(_ words: [Word], _ i: Int) -> [UInt32] {
    var keys: [UInt32] = []
    forEach(words, i) { keys.append($0) }
    return keys.sortedDistinct()
  }

  /// Calls `body` with the features that do not depend on tags.
  static func forEach(_ words: [Word], _ i: Int, _ body: (UInt32) -> Void) {
    func word(_ distance: Int) -> Word {
      words.indices.contains(i + distance) ? words[i + distance] : .border
    }
    func feature(_ kind: UInt8, _ parts: [UInt8]...) {
      var key = FeatureKey(kind)
      for part in parts {
        key.add(part)
        key.add(0xFE)
      }
      body(key.value)
    }
    let (here, before, after) = (word(0), word(-1), word(1))
    feature(10, here.raw)
    feature(11, here.lower)
    feature(12, here.shape)
    affixes(of: here.lower, body)
    for (kind, distance) in [(20, -2), (21, -1), (22, 1), (23, 2)] {
      let other = word(distance)
      feature(UInt8(kind), other.lower)
      feature(UInt8(kind + 4), Array(other.lower.suffix(3)))
      feature(UInt8(kind + 8), other.shape)
    }
    feature(40, before.lower, here.lower)
    feature(41, here.lower, after.lower)
    feature(42, before.lower, after.lower)
    feature(43, before.shape, here.shape, after.shape)
    feature(44, word(-2).lower, before.lower)
    feature(45, after.lower, word(2).lower)
    feature(46, i == 0 ? [1] : [0], here.shape)
  }

  private static func affixes(of word: [UInt8], _ body: (UInt32) -> Void) {
    var prefix = FeatureKey(13)
    var (at, length) = (0, 0)
    let all = word[...]
    while at < word.count, length < longestAffix {
      let next = all.next(at)
      prefix.add(all[at..<next])
      (at, length) = (next, length + 1)
      body(prefix.value)
    }
    var suffix = FeatureKey(14)
    (at, length) = (word.count, 0)
    while at > 0, length < longestAffix {
      at -= 1
      suffix.add(word[at])
      if word[at] & 0xC0 == 0x80 { continue }
      length += 1
      body(suffix.value)
    }
  }

  /// Calls `body` with the features of the tags before, −1 and −2 where there is none.
  static func forEach(_ words: [Word], _ i: Int, before: Int32, earlier: Int32, _ body: (UInt32) -> Void) {
    func feature(_ kind: UInt8, _ tags: [Int32], _ part: [UInt8] = []) {
      var key = FeatureKey(kind)
      for tag in tags { key.add(number: UInt32(bitPattern: tag)) }
      key.add(part)
      body(key.value)
    }
    feature(60, [before])
    feature(61, [before, earlier])
    feature(62, [before], words[i].lower)
    feature(63, [before], Array(words[i].lower.suffix(3)))
    feature(64, [before, earlier], words[i].shape)
  }
}
