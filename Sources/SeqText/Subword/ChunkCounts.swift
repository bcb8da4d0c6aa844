/// The chunks of a corpus and how often each occurs; subwords are learned from these. The size depends only on the
/// number of different words.
public struct ChunkCounts: Sendable {
  /// How lines are normalised before they are split.
  public let settings: TokenizerSettings
  private(set) var chunks = ByteIndex(capacity: 1 << 12)
  private(set) var counts: [Int] = []
  /// The total number of chunks.
  public private(set) var total = 0

  /// - Parameter settings: only `normalization`, `lowercase` and `foldDigits` are used.
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

  /// The numbers of the chunks, sorted by their bytes, so that the order of the lines does not matter.
  var sorted: [Int] {
    (0..<chunks.count).sorted { chunks[$0].lexicographicallyPrecedes(chunks[$1]) }
  }
}
