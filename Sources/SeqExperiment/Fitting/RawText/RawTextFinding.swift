package import SeqCore
package import SeqText
import SeqTraining

/// What is to cut raw text, and how well it does.
package struct RawTextFinding {
  /// The kind of tokenizer, and where it is corrected.
  package let tokenizer: Tokenizer
  /// The share of the tokens that it gives back, of sentences that it did not learn from.
  package let share: Double
  /// Whether the data has raw texts to compare with.
  package let isOfTexts: Bool

  /// Shares that differ by less are equal; one above this is not worth a correction.
  private static let margin = 0.0005, enough = 0.9995
  /// How much more white space must give back than a tokenizer that cuts signs off words.
  private static let trapMargin = 0.02
  /// What corrections must gain, and sentences and bytes to learn them from.
  private static let leastGain = 0.001, leastSentences = 50, mostBytes = 600_000

  /// The tokenizer that cuts raw text as the training data is cut; nil if that does not come as tokens.
  package static func find(_ config: ExperimentConfig) throws(SeqError) -> RawTextFinding? {
    guard !config.tokenizer.kind.cutsCharacters, let sample = try RawTextSample(config), !sample.texts.isEmpty else {
      return nil
    }
    let judge = RawTextJudge(sample, config.tokenizer)
    func finding(_ kind: TokenizerSettings.Kind) throws(SeqError) -> RawTextFinding {
      let tokenizer = try Tokenizer(settings(config.tokenizer, kind))
      return RawTextFinding(tokenizer: tokenizer, share: judge.share(tokenizer), isOfTexts: sample.isGiven)
    }
    var candidates: [RawTextFinding] = []
    for kind in kinds(config.tokenizer.kind, isOfTexts: sample.isGiven) { candidates.append(try finding(kind)) }
    var found = best(of: candidates)
    if found.share < enough, sample.texts.count >= leastSentences {
      found = try corrected(candidates, found, sample, judge, Seed(config.training.seed).child("raw text"))
    }
    if sample.isGiven { return found }
    let plain = try finding(.whitespace)
    return plain.share > found.share + trapMargin ? plain : found
  }

  private static func settings(_ given: TokenizerSettings, _ kind: TokenizerSettings.Kind) -> TokenizerSettings {
    var settings = given
    if kind != given.kind { (settings.kind, settings.pattern) = (kind, nil) }
    return settings
  }

  /// The kinds to choose from; of equally good ones the first is taken.
  ///
  /// White space is none where texts are made from tokens, unless all else is much worse: texts that people write have signs
  /// next to their words, whether or not the data has any.
  private static func kinds(_ usual: TokenizerSettings.Kind, isOfTexts: Bool) -> [TokenizerSettings.Kind] {
    let others: [TokenizerSettings.Kind] = [.word, .penn, .chinese, .character] + (isOfTexts ? [.whitespace] : [])
    let isFirst = usual != .whitespace || isOfTexts
    return (isFirst ? [usual] : []) + others.filter { !isFirst || $0 != usual }
  }

  private static func best(of candidates: [RawTextFinding]) -> RawTextFinding {
    let most = candidates.reduce(0) { max($0, $1.share) }
    return candidates.first { $0.share >= most - margin } ?? candidates[0]
  }

  /// The better of the two likeliest kinds with corrections, if these are worth it.
  private static func corrected(
    _ candidates: [RawTextFinding], _ best: RawTextFinding, _ sample: RawTextSample, _ judge: RawTextJudge, _ seed: Seed
  ) throws(SeqError) -> RawTextFinding {
    let likely = candidates.filter { $0.tokenizer.settings.kind.takesCuts }.enumerated()
      .sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }.prefix(2).map(\.element.tokenizer)
    let parts = judge.parts(mostBytes: mostBytes, seed: seed.child("parts"))
    var (found, share) = (best.tokenizer, judge.share(best.tokenizer, of: parts.held) + leastGain)
    for tokenizer in likely {
      let cuts = CutLearning.learn(
        parts.learned.map { sample.texts[$0] }, correcting: tokenizer, seed: seed.child("rounds"))
      let candidate = try Tokenizer(tokenizer.settings, cuts: cuts)
      let reached = judge.share(candidate, of: parts.held)
      if reached > share { (found, share) = (candidate, reached) }
    }
    guard found.cuts != nil else { return best }
    let all = (parts.learned + parts.held).map { sample.texts[$0] }
    let plain = try Tokenizer(found.settings)
    let cuts = CutLearning.learn(all, correcting: plain, seed: seed.child("rounds"))
    return RawTextFinding(
      tokenizer: try Tokenizer(found.settings, cuts: cuts), share: share, isOfTexts: best.isOfTexts)
  }
}

/// Compares what tokenizers make of raw texts with the tokens of the data.
package struct RawTextJudge {
  private let sample: RawTextSample
  /// What the vocabulary sees of each token.
  private let tokens: [[String]]

  /// Judges by a sample, whose tokens are normalised as the settings say.
  package init(_ sample: RawTextSample, _ settings: TokenizerSettings) {
    self.sample = sample
    var normalization = settings
    (normalization.kind, normalization.pattern, normalization.file) = (.whitespace, nil, nil)
    let normalizer = try? Tokenizer(normalization)
    tokens = sample.tokens.map { $0.map { normalizer?.normalized($0) ?? $0 } }
  }

  /// The share of the tokens of some sentences, or of all, that come back; what is cut too finely counts against it.
  package func share(_ tokenizer: Tokenizer, of sentences: [Int]? = nil) -> Double {
    var (same, all) = (0, 0)
    for i in sentences ?? Array(tokens.indices) {
      let found = tokenizer.tokens(of: sample.texts[i].text)
      let wanted = zip(tokens[i], sample.texts[i].tokens).map { Token(text: $0, range: $1) }
      same += Set(wanted).intersection(found).count
      all += max(wanted.count, found.count)
    }
    return all > 0 ? Double(same) / Double(all) : 1
  }

  /// Sentences to learn from, up to a number of bytes, and a quarter as many to be judged by.
  package func parts(mostBytes: Int, seed: Seed) -> (learned: [Int], held: [Int]) {
    var order = Array(tokens.indices)
    order.shuffle(seed: seed)
    var bytes = 0
    let taken = Array(
      order.prefix {
        bytes += sample.texts[$0].text.utf8.count
        return bytes <= mostBytes
      })
    let held = max(1, taken.count / 5)
    return (Array(taken.dropFirst(held)), Array(taken.prefix(held)))
  }
}
