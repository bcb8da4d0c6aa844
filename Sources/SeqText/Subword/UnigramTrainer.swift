#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Learns the pieces of a unigram model (Kudo 2018, "Subword Regularization", section 3.2): it starts with many seeds,
/// estimates their probabilities by expectation-maximisation, and repeatedly removes those whose loss lowers the
/// likelihood of the text least, until the wanted number is left.
public struct UnigramTrainer {
  /// The share of pieces that a round keeps, and the estimations before each round, as in the paper.
  private static let kept = 0.75, estimations = 2
  /// The factor by which the last estimation has more pieces than wanted, so that the rarest can be left out at the
  /// end.
  private static let reserve = 1.1
  /// The share of the text whose characters become pieces; rarer ones are written as bytes.
  private static let coverage = 0.9995

  private let counts: [Int]
  private let words: [ArraySlice<UInt8>]
  private var pieces: [UnigramSeeds.Piece]

  /// Learns from counted chunks.
  ///
  /// - Parameter size: the number of pieces, including the 256 bytes. There are fewer if the text has no more, and more
  ///   if its characters alone need more.
  public static func train(_ chunks: ChunkCounts, size: Int) -> SubwordModel {
    let seeds = UnigramSeeds(chunks, coverage: coverage)
    let wanted = max(size - 256, seeds.characters.count)
    var trainer = UnigramTrainer(seeds, limit: 20 * wanted)
    trainer.run(wanted: wanted)
    return SubwordModel(.unigrams(trainer.finished(seeds.characters, wanted: wanted)), chunks.settings)
  }

  private init(_ seeds: UnigramSeeds, limit: Int) {
    counts = seeds.counts
    words = seeds.words
    pieces = seeds.pieces(limit: limit)
  }

  private mutating func run(wanted: Int) {
    let last = Int(Double(wanted) * Self.reserve)
    while true {
      for _ in 0..<Self.estimations { estimate() }
      if pieces.count <= last { return }
      prune(to: max(last, Int(Double(pieces.count) * Self.kept)))
    }
  }

  /// One round of expectation-maximisation. As in the paper's own program, it uses the digamma function instead of the
  /// logarithm, which makes rare pieces rarer, and leaves out pieces with an expected count below 0.5.
  private mutating func estimate() {
    let expected = PieceLattice(pieces).expectedCounts(words, counts)
    var total = 0.0
    var kept: [UnigramSeeds.Piece] = []
    for (piece, count) in zip(pieces, expected) where count >= 0.5 || piece.isCharacter {
      kept.append(UnigramSeeds.Piece(bytes: piece.bytes, isCharacter: piece.isCharacter, score: max(count, 0.5)))
      total += max(count, 0.5)
    }
    let whole = digamma(total)
    for i in kept.indices { kept[i].score = digamma(kept[i].score) - whole }
    pieces = kept
  }

  /// Keeps the pieces whose removal would lower the likelihood most.
  private mutating func prune(to count: Int) {
    let lattice = PieceLattice(pieces)
    let frequencies = lattice.bestCounts(words, counts)
    let total = frequencies.reduce(0, +)
    var losses: [(piece: Int, loss: Double)] = []
    for (number, piece) in pieces.enumerated() {
      if piece.isCharacter {
        losses.append((number, .infinity))
      } else if frequencies[number] > 0, let others = lattice.alternative(to: number) {
        let own = log(frequencies[number]) - log(total)
        let largerTotal = log(total + frequencies[number] * Double(others.count - 1))
        let apart = others.reduce(0.0) { $0 + log(frequencies[$1] + frequencies[number]) - largerTotal }
        losses.append((number, frequencies[number] / total * (own - apart)))
      }
    }
    losses.sort { $0.loss == $1.loss ? $0.piece < $1.piece : $0.loss > $1.loss }
    pieces = losses.prefix(count).map(\.piece).sorted().map { pieces[$0] }
  }

  /// The characters and the most probable other pieces, by descending probability, ties by bytes.
  private func finished(_ characters: [ArraySlice<UInt8>], wanted: Int) -> UnigramModel {
    let others = pieces.filter { !$0.isCharacter }.sorted(by: Self.precedes).prefix(wanted - characters.count)
    let all = (pieces.filter(\.isCharacter) + others).sorted(by: Self.precedes)
    return UnigramModel(all.map { ($0.bytes, Float($0.score)) })
  }

  private static func precedes(_ a: UnigramSeeds.Piece, _ b: UnigramSeeds.Piece) -> Bool {
    a.score == b.score ? a.bytes.lexicographicallyPrecedes(b.bytes) : a.score > b.score
  }
}

/// The derivative of the logarithm of the gamma function, for positive numbers (Bernardo 1976, AS 103).
func digamma(_ number: Double) -> Double {
  var (x, result) = (number, 0.0)
  while x < 7 {
    result -= 1 / x
    x += 1
  }
  x -= 0.5
  let square = 1 / (x * x)
  return result + log(x) + square * (1.0 / 24 - square * (7.0 / 960 - square * (31.0 / 8064 - square * 127.0 / 30720)))
}
