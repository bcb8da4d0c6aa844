/// Splits lines into subwords: the learned pieces, and how lines are normalised first.
public struct SubwordModel: Sendable {
  enum Pieces: Sendable {
    case bytePairs(BytePairModel)
    case unigrams(UnigramModel)
  }

  let pieces: Pieces
  let settings: TokenizerSettings
  private var nameIndex = CodePointIndex()

  init(_ pieces: Pieces, _ settings: TokenizerSettings) {
    self.pieces = pieces
    var own = TokenizerSettings(
      normalization: settings.normalization, lowercase: settings.lowercase, foldDigits: settings.foldDigits)
    own.kind =
      switch pieces {
      case .bytePairs: .bpe
      case .unigrams: .unigram
      }
    self.settings = own
    nameIndex = CodePointIndex(capacity: count)
    for name in names { nameIndex.insert(name) }
  }

  /// `.bpe` or `.unigram`.
  public var kind: TokenizerSettings.Kind { settings.kind }

  /// The number of pieces, including the 256 bytes.
  public var count: Int {
    switch pieces {
    case .bytePairs(let model): model.pieces.count
    case .unigrams(let model): model.pieces.count + 256
    }
  }

  /// The names of the pieces. Bytes come first in byte-pair encoding and last in a unigram model.
  public var names: [String] {
    switch pieces {
    case .bytePairs(let model): model.names.map { String(decoding: $0, as: UTF8.self) }
    case .unigrams(let model):
      (model.names + TokenNormalizer.pieceBytes).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Whether a piece has this name.
  public func contains(_ name: String) -> Bool { nameIndex.number(of: name) != nil }

  /// Calls `body` with the name of each piece of a line, in UTF-8, and the bytes of the source that it came from.
  func forEachPiece(_ source: [UInt8], _ body: (ArraySlice<UInt8>, Range<Int>) -> Void) {
    let line = NormalizedLine(source, settings)
    let chunks = ChunkSegmenter(line.bytes)
    switch pieces {
    case .bytePairs(let model):
      var symbols: [Int32] = []
      chunks.forEachChunk { chunk in
        model.encode(line.bytes[chunk], &symbols)
        var at = chunk.lowerBound
        for symbol in symbols {
          let end = at + model.pieces.length(Int(symbol))
          body(model.names[Int(symbol)], line.source(at..<end))
          at = end
        }
      }
    case .unigrams(let model):
      var steps: [UnigramModel.Step] = []
      chunks.forEachChunk { chunk in
        model.forEachPiece(line.bytes[chunk], &steps) { piece, range in
          let name = piece >= 0 ? model.names[piece] : TokenNormalizer.pieceBytes[Int(line.bytes[range.lowerBound])]
          body(name, line.source(range))
        }
      }
    }
  }

  /// The joined bytes of pieces; for the pieces of a line, they are the normalised line.
  /// - Returns: nil if this model has no piece of such a name.
  public func bytes(of names: some Sequence<String>) -> [UInt8]? {
    var result: [UInt8] = []
    for name in names {
      guard let bytes = bytes(of: name) else { return nil }
      result += bytes
    }
    return result
  }

  private func bytes(of name: String) -> [UInt8]? {
    if kind == .bpe { return ByteAlphabet.bytes(of: name) }
    if let byte = TokenNormalizer.pieceBytes.firstIndex(where: { $0.elementsEqual(name.utf8) }) { return [UInt8(byte)] }
    return Array(name.replacing("\u{2581}", with: " ").utf8)
  }
}
