/// The chunks of a line, over valid UTF-8. No subword crosses a chunk, and the chunks cover the line.
///
/// The rules are those of GPT-2's pattern (Radford et al. 2019): an English clitic; a run of letters, numbers or other
/// characters, with one space before it if there is one; or a run of white space without its last space.
struct ChunkSegmenter {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private enum Class { case letter, number, space, sign }

  /// Calls `body` with every chunk, in order.
  func forEachChunk(_ body: (Range<Int>) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = endOfChunk(start)
      body(start..<end)
      start = end
    }
  }

  private func endOfChunk(_ start: Int) -> Int {
    if let end = endOfClitic(start) { return end }
    let first = bytes[start] == 0x20 && start + 1 < bytes.count ? start + 1 : start
    let (kind, after) = scalarClass(first)
    if kind != .space { return endOfRun(kind, after) }
    return endOfSpace(start)
  }

  private func endOfRun(_ kind: Class, _ start: Int) -> Int {
    var end = start
    while end < bytes.count {
      let (next, after) = scalarClass(end)
      if next != kind { break }
      end = after
    }
    return end
  }

  /// The end of white space, without its last scalar if something follows to which that scalar belongs.
  private func endOfSpace(_ start: Int) -> Int {
    var (last, end) = (start, start)
    while end < bytes.count {
      let (kind, after) = scalarClass(end)
      if kind != .space { return last > start ? last : end }
      (last, end) = (end, after)
    }
    return end
  }

  private func endOfClitic(_ start: Int) -> Int? {
    guard bytes[start] == 0x27, start + 1 < bytes.count else { return nil }
    let second = start + 2 < bytes.count ? bytes[start + 2] : 0
    switch (bytes[start + 1], second) {
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "d"), _):
      return start + 2
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return start + 3
    default: return nil
    }
  }

  @inline(__always)
  private func scalarClass(_ index: Int) -> (Class, end: Int) {
    let (value, end) = bytes.scalar(at: index)
    if isWhiteSpaceScalar(value) { return (.space, end) }
    if value < 0x80 {
      if 0x61...0x7A ~= value | 0x20 { return (.letter, end) }
      return (0x30...0x39 ~= value ? .number : .sign, end)
    }
    let category = ScalarCategory(value)
    return (category.isLetter ? .letter : category.isNumber ? .number : .sign, end)
  }
}
