#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The first pieces of a unigram model: the characters of the text, and the strings that occur in it more than once.
struct UnigramSeeds {
  struct Piece {
    let bytes: ArraySlice<UInt8>
    /// Whether it is a single scalar, which no round removes.
    let isCharacter: Bool
    /// The natural logarithm of its probability.
    var score: Double
  }

  /// The longest piece, and the longest part of a chunk to learn from, in scalars; the limit keeps its probability
  /// within double precision.
  private static let longest = 16, longestWord = 24
  /// The scalar that stands for a space in the names of pieces, so no piece contains it.
  private static let reserved: UInt32 = 0x2581

  private(set) var words: [ArraySlice<UInt8>] = []
  private(set) var counts: [Int] = []
  private(set) var characters: [ArraySlice<UInt8>] = []
  private var characterCounts: [Int] = []

  init(_ chunks: ChunkCounts, coverage: Double) {
    for number in chunks.sorted { addWords(chunks.chunks[number], chunks.counts[number]) }
    findCharacters(coverage)
  }

  /// Cuts a chunk into parts to learn from.
  private mutating func addWords(_ chunk: ArraySlice<UInt8>, _ count: Int) {
    var (start, at, length) = (chunk.startIndex, chunk.startIndex, 0)
    func add(_ words: inout [ArraySlice<UInt8>], _ counts: inout [Int]) {
      if start < at {
        words.append(chunk[start..<at])
        counts.append(count)
      }
    }
    while at < chunk.endIndex {
      let (value, end) = chunk.scalar(at: at)
      if value == Self.reserved || length == Self.longestWord {
        add(&words, &counts)
        (start, length) = (value == Self.reserved ? end : at, 0)
      }
      if value != Self.reserved { length += 1 }
      at = end
    }
    add(&words, &counts)
  }

  /// The most frequent scalars, up to a share of the text.
  private mutating func findCharacters(_ coverage: Double) {
    var index = ByteIndex(capacity: 1 << 10)
    var frequencies: [Int] = []
    for (word, count) in zip(words, counts) {
      var at = word.startIndex
      while at < word.endIndex {
        let end = word.scalar(at: at).end
        let (number, isNew) = index.insert(word[at..<end])
        if isNew { frequencies.append(0) }
        frequencies[number] += count
        at = end
      }
    }
    let order = frequencies.indices.sorted {
      frequencies[$0] == frequencies[$1]
        ? index[$0].lexicographicallyPrecedes(index[$1]) : frequencies[$0] > frequencies[$1]
    }
    let enough = coverage * Double(frequencies.reduce(0, +))
    var covered = 0
    for number in order where Double(covered) < enough {
      covered += frequencies[number]
      characters.append(index[number])
      characterCounts.append(frequencies[number])
    }
  }

  /// The characters and the strings with the largest product of count and length.
  /// - Parameter limit: the most strings.
  func pieces(limit: Int) -> [Piece] {
    var strings = ByteIndex(capacity: 1 << 14)
    var frequencies: [Int] = []
    var lengths: [Int] = []
    var isFrequent = words.map { [Bool](repeating: true, count: $0.count) }
    for length in 2...Self.longest {
      let first = strings.count
      count(length, &strings, &frequencies, &lengths, isFrequent)
      if strings.count == first { break }
      mark(length, strings, frequencies, &isFrequent)
    }
    let kept = (0..<strings.count).filter { frequencies[$0] > 1 && !isByteName(strings[$0]) }.sorted { a, b in
      let (x, y) = (frequencies[a] * lengths[a], frequencies[b] * lengths[b])
      return x == y ? strings[a].lexicographicallyPrecedes(strings[b]) : x > y
    }
    var result = zip(characters, characterCounts).map { Piece(bytes: $0, isCharacter: true, score: Double($1)) }
    result += kept.prefix(limit).map { number in
      Piece(bytes: strings[number], isCharacter: false, score: Double(frequencies[number] * lengths[number]))
    }
    let total = log(result.reduce(0) { $0 + $1.score })
    for i in result.indices { result[i].score = log(result[i].score) - total }
    return result
  }

  /// Counts the strings of a length whose substrings of one scalar less are frequent (Agrawal and Srikant 1994): a
  /// longer string is never more frequent than its parts.
  private func count(
    _ length: Int, _ strings: inout ByteIndex, _ frequencies: inout [Int], _ lengths: inout [Int],
    _ isFrequent: [[Bool]]
  ) {
    for (word, bytes) in words.enumerated() {
      forEachString(bytes, length) { range, second in
        let base = bytes.startIndex
        guard isFrequent[word][range.lowerBound - base], isFrequent[word][second - base] else { return }
        let (number, isNew) = strings.insert(bytes[range])
        if isNew {
          frequencies.append(0)
          lengths.append(length)
        }
        frequencies[number] += counts[word]
      }
    }
  }

  /// Records where frequent strings of a length begin.
  private func mark(_ length: Int, _ strings: ByteIndex, _ frequencies: [Int], _ isFrequent: inout [[Bool]]) {
    for (word, bytes) in words.enumerated() {
      var marks = [Bool](repeating: false, count: bytes.count)
      forEachString(bytes, length) { range, _ in
        if let number = strings.number(of: bytes[range]) {
          marks[range.lowerBound - bytes.startIndex] = frequencies[number] > 1
        }
      }
      isFrequent[word] = marks
    }
  }

  /// Calls `body` with the range of every string of a length, and where its second scalar begins.
  private func forEachString(_ bytes: ArraySlice<UInt8>, _ length: Int, _ body: (Range<Int>, Int) -> Void) {
    var starts: [Int] = []
    var at = bytes.startIndex
    while at < bytes.endIndex {
      starts.append(at)
      at = bytes.scalar(at: at).end
    }
    starts.append(at)
    for i in 0..<max(0, starts.count - length) { body(starts[i]..<starts[i + length], starts[i + 1]) }
  }

  /// Whether a string reads like the name of a byte, `<0xE4>`.
  private func isByteName(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count == 6 && bytes.starts(with: "<0x".utf8) && bytes.last == UInt8(ascii: ">")
  }
}
