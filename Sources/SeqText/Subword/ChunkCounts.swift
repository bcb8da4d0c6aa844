/// The chunks of a corpus and how often each occurs: what subwords are learned from. A corpus of any size becomes as
/// large as its different words.
public struct ChunkCounts: Sendable {
  /// How lines are normalised before they are cut.
  public let settings: TokenizerSettings
  private(set) var chunks = ByteIndex(capacity: 1 << 12)
  private(set) var counts: [Int] = []
  /// Chunks in all.
  public private(set) var total = 0

  /// - Parameter settings: of which `normalization`, `lowercase` and `foldDigits` count.
  public init(_ settings: TokenizerSettings) { self.settings = settings }

  /// The number of different chunks.
  public var distinct: Int { chunks.count }

  /// Counts the chunks of a line.
  public mutating func add(_ line: some StringProtocol) {
    let bytes = NormalizedLine(Array(String(line).utf8), settings).bytes
    ChunkSegmenter(bytes).forEachChunk { range in
      let (number, isNew) = chunks.insert(bytes[range])
      if isNew { counts.append(0) }
      counts[number] += 1
      total += 1
    }
  }

  /// The numbers of the chunks in an order that does not depend on that of the lines: by their bytes.
  var sorted: [Int] {
    (0..<chunks.count).sorted { chunks[$0].lexicographicallyPrecedes(chunks[$1]) }
  }
}
