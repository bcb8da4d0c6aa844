/// What follows from a token's word form alone. Characters are code points.
package enum WordForm {
  /// Calls `body` with each character.
  package static func forEachCharacter(_ token: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    var start = token.startIndex
    while start < token.endIndex {
      let end = token.scalar(at: start).end
      body(token[start..<end])
      start = end
    }
  }

  /// The first characters; the whole token if it is shorter.
  package static func prefix(_ token: ArraySlice<UInt8>, _ length: Int) -> ArraySlice<UInt8> {
    var end = token.startIndex
    for _ in 0..<length where end < token.endIndex { end = token.scalar(at: end).end }
    return token[..<end]
  }

  /// The last characters; the whole token if it is shorter.
  package static func suffix(_ token: ArraySlice<UInt8>, _ length: Int) -> ArraySlice<UInt8> {
    var start = token.endIndex
    for _ in 0..<length where start > token.startIndex {
      start -= 1
      while start > token.startIndex, token[start] & 0xC0 == 0x80 { start -= 1 }
    }
    return token[start...]
  }

  /// The longest run of equal characters in a shape.
  private static let longestRun = 3

  /// The shape: `X` for an upper-case letter, `x` for a lower-case one, `c` for another letter, `d` for a digit, and
  /// other characters for themselves. Of a run of equal characters, only the first three stay.
  package static func shape(_ token: ArraySlice<UInt8>) -> [UInt8] {
    var shape: [UInt8] = []
    var (last, run): (ArraySlice<UInt8>, Int) = ([], 0)
    forEachCharacter(token) { character in
      let sign = sign(character)
      run = sign == last ? run + 1 : 1
      last = sign
      if run <= longestRun { shape += sign }
    }
    return shape
  }

  private static let signs: [ArraySlice<UInt8>] = ["X", "x", "c", "d"].map { Array($0.utf8)[...] }

  private static func sign(_ character: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let category = ScalarCategory(character.scalar(at: character.startIndex).value)
    switch category.category {
    case 1, 3: return signs[0]
    case 2: return signs[1]
    case 4, 5: return signs[2]
    default: return category.isNumber ? signs[3] : character
    }
  }

  /// Calls `body` with the bucket of each n-gram of the token between `<` and `>`, with fastText's hash (FNV-1a of
  /// signed bytes).
  package static func forEachNGram(
    _ token: ArraySlice<UInt8>, _ lengths: ClosedRange<Int>, buckets: Int, _ body: (Int32) -> Void
  ) {
    let bytes: [UInt8] = [0x3C] + Array(token) + [0x3E]
    var start = 0
    while start < bytes.count {
      var (end, hash) = (start, UInt32(2_166_136_261))
      for length in 1...lengths.upperBound where end < bytes.count {
        let next = bytes[...].scalar(at: end).end
        for byte in bytes[end..<next] {
          hash = (hash ^ UInt32(bitPattern: Int32(Int8(bitPattern: byte)))) &* 16_777_619
        }
        end = next
        let isBorder = length == 1 && (start == 0 || end == bytes.count)
        if lengths.contains(length), !isBorder { body(Int32(hash % UInt32(buckets))) }
      }
      start = bytes[...].scalar(at: start).end
    }
  }
}
