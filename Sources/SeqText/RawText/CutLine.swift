/// A line as the input of learned cuts: its characters, their shapes, and where the corrected tokenizer would cut.
///
/// A character is an extended grapheme cluster, so a mark stays with its letter.
struct CutLine {
  /// Where each character starts, followed by the end of the line.
  private(set) var starts: [Int] = []
  /// Whether a character is white space.
  private(set) var isBlank: [Bool] = []
  /// Whether the corrected tokenizer cuts before a character.
  let isCut: [Bool]
  private var characters: [UInt32] = []
  private var folded: [UInt32] = []
  private var shapes: [UInt32] = []
  /// The run of characters without white space that contains each character.
  private var runs: [Range<Int>] = []

  /// The number of characters.
  var count: Int { isBlank.count }

  /// - Parameter tokens: the ranges that the corrected tokenizer gives.
  init(_ source: [UInt8], tokens: [Range<Int>]) {
    var cuts = [Bool](repeating: false, count: source.count + 1)
    for token in tokens { (cuts[token.lowerBound], cuts[token.upperBound]) = (true, true) }
    var (starts, isBlank, isCut) = ([Int](), [Bool](), [Bool]())
    var (characters, folded, shapes) = ([UInt32](), [UInt32](), [UInt32]())
    ClusterSegmenter(bytes: source).forEachCluster { range in
      let first = source.scalar(at: range.lowerBound).value
      starts.append(range.lowerBound)
      isBlank.append(isWhiteSpaceScalar(first))
      isCut.append(cuts[range.lowerBound])
      let character = range.count == 1 ? first : CutHash.of(source[range])
      characters.append(isBlank[isBlank.count - 1] ? 0x20 : character)
      folded.append(0x41...0x5A ~= character ? character | 0x20 : character)
      shapes.append(Self.shape(of: first))
    }
    starts.append(source.count)
    (self.starts, self.isBlank, self.isCut) = (starts, isBlank, isCut)
    (self.characters, self.folded, self.shapes) = (characters, folded, shapes)
    runs = Self.runs(isBlank)
  }

  private static func runs(_ isBlank: [Bool]) -> [Range<Int>] {
    var runs = [Range<Int>](repeating: 0..<0, count: isBlank.count)
    var start = 0
    while start < isBlank.count {
      var end = start + 1
      while end < isBlank.count, isBlank[end] == isBlank[start] { end += 1 }
      for k in start..<end { runs[k] = start..<end }
      start = end
    }
    return runs
  }

  /// The kind of character that a scalar is; ASCII punctuation stands for itself.
  private static func shape(of scalar: UInt32) -> UInt32 {
    if isWhiteSpaceScalar(scalar) { return 0x20 }
    let category = ScalarCategory(scalar)
    if category.isLetter { return category.category == 1 ? 0x41 : category.script > 1 ? 0x100 : 0x61 }
    if category.isDecimal { return 0x30 }
    return scalar < 0x80 ? scalar : 0x200 + UInt32(category.category)
  }

  /// Whether there is a choice to end a token right before a character; at white space, one always ends.
  func isInside(_ k: Int) -> Bool { k > 0 && !isBlank[k] && !isBlank[k - 1] }

  // MARK: Features

  private static let longestPart = 10, longestRun = 16

  /// Appends the features of the place before a character.
  func appendFeatures(_ k: Int, to features: inout [UInt32]) {
    func c(_ i: Int) -> UInt32 { i >= 0 && i < count ? characters[i] : 1 }
    /// The shapes of three characters; each has at most ten bits.
    func s(_ i: Int) -> UInt32 { shape(i) << 20 | shape(i + 1) << 10 | shape(i + 2) }
    func add(_ kind: UInt32, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0, _ d: UInt32 = 0) {
      var hash = CutHash(kind)
      hash.add(a)
      if b != 0 { hash.add(b) }
      if c != 0 { hash.add(c) }
      if d != 0 { hash.add(d) }
      features.append(hash.value)
    }
    // Only together with shapes: the corrected tokenizer decides about characters that were never seen.
    let cut: UInt32 = isCut[k] ? 1 : 2
    let (l3, l2, l1, r1, r2, r3) = (c(k - 3), c(k - 2), c(k - 1), c(k), c(k + 1), c(k + 2))
    add(1, l1)
    add(2, r1)
    add(3, l1, r1)
    add(4, l2, l1)
    add(5, r1, r2)
    add(6, l2, l1, r1)
    add(7, l1, r1, r2)
    add(8, l2, l1, r1, r2)
    add(9, l3, l2, l1, r1)
    add(10, l1, r1, r2, r3)
    add(12, cut, shape(k - 1), shape(k))
    add(13, s(k - 2), shape(k + 1))
    add(14, cut, s(k - 3), s(k))
    add(15, s(k - 4), s(k - 1), s(k + 2))
    appendRun(k, to: &features)
  }

  private func shape(_ i: Int) -> UInt32 { i >= 0 && i < count ? shapes[i] : 1 }

  /// The text between the surrounding white space, before and after the place, and what follows the next white space.
  private func appendRun(_ k: Int, to features: inout [UInt32]) {
    let run = runs[k]
    if k - run.lowerBound < Self.longestPart { features.append(hash(16, run.lowerBound..<k).value) }
    if run.upperBound - k < Self.longestPart { features.append(hash(17, k..<run.upperBound).value) }
    if run.count < Self.longestRun {
      var whole = hash(18, run.lowerBound..<k)
      whole.add(0x20)
      for i in k..<run.upperBound { whole.add(folded[i]) }
      features.append(whole.value)
    }
    if k + 1 == run.upperBound {
      var ending = CutHash(19)
      ending.add(shapes[k - 1])
      ending.add(characters[k])
      ending.add(run.upperBound + 1 < count ? shapes[run.upperBound + 1] : 1)
      features.append(ending.value)
    }
  }

  private func hash(_ kind: UInt32, _ range: Range<Int>) -> CutHash {
    var hash = CutHash(kind)
    for i in range { hash.add(folded[i]) }
    return hash
  }
}

/// The number of a feature: a hash of its parts.
struct CutHash {
  private var hash: UInt64

  init(_ kind: UInt32) { hash = (0xCBF2_9CE4_8422_2325 ^ UInt64(kind)) &* 0x9E37_79B9_7F4A_7C15 }

  mutating func add(_ number: UInt32) {
    hash = (hash ^ UInt64(number)) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
  }

  /// The upper bits of a final mixing, which depend on all parts.
  var value: UInt32 {
    let mixed = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    return UInt32(truncatingIfNeeded: (mixed ^ (mixed >> 27)) >> 32)
  }

  /// The hash of some bytes.
  static func of(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var hash = CutHash(0)
    for byte in bytes { hash.add(UInt32(byte)) }
    return hash.value
  }
}
