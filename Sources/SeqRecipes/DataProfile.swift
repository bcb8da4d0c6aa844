package import SeqRecords
package import SeqTags
package import SeqText

/// What a recipe depends on: the number of records, their lengths, their script and their answers.
package struct DataProfile: Sendable {
  /// What each record has.
  package var wanted = Wanted.label
  /// The number of records.
  package var records = 0
  /// The number of different labels or tags.
  package var labels = 0
  /// The share of the most frequent label.
  package var majority = 0.0
  /// The number of words that 50 % and 95 % of the records do not exceed.
  package var median = 0, percentile95 = 0
  /// The number of characters that half of the records do not exceed.
  package var medianCharacters = 0
  /// The share of letters that are Han characters.
  package var hanShare = 0.0
  /// How tags mark spans; nil if they do not.
  package var scheme: TagScheme?
  /// Whether tokens are single characters, as in Chinese files with one character per line.
  package var hasCharacterTokens = false
  /// The tokenizer for texts with marked spans; nil for data that comes as tokens or has labels.
  package var spanTokenizer: TokenizerSettings.Kind?

  /// An empty profile.
  package init() {}

  /// Whether most of it is written in Han characters.
  package var isChinese: Bool { hanShare > 0.3 }
  /// Whether texts are single words, such as names.
  package var isOfWords: Bool { median <= 2 && medianCharacters <= 24 && !isChinese }
  /// Whether texts are longer than a network should read word by word.
  package var isLong: Bool { percentile95 > 400 }
}

/// Counts what a profile needs.
package struct ProfileCounting {
  private var lengths: [Int: Int] = [:], characters: [Int: Int] = [:]
  private var answers: [String: Int] = [:]
  private var (records, letters, han, tokens, singles) = (0, 0, 0, 0, 0)
  private let words: Tokenizer? = try? Tokenizer(TokenizerSettings(kind: .word))

  /// Nothing counted.
  package init() {}

  /// Counts a record.
  package mutating func add(_ record: Record) {
    records += 1
    let text = record.text ?? record.tokens?.joined(separator: " ") ?? ""
    for scalar in text.unicodeScalars {
      let isHan = 0x3400...0x9FFF ~= scalar.value || 0x20000...0x3FFFF ~= scalar.value
      if isHan { han += 1 }
      if isHan || scalar.properties.isAlphabetic { letters += 1 }
    }
    characters[text.unicodeScalars.count, default: 0] += 1
    lengths[record.tokens?.count ?? words?.ranges(of: text).count ?? 0, default: 0] += 1
    for token in record.tokens ?? [] {
      tokens += 1
      if token.unicodeScalars.count == 1 { singles += 1 }
    }
    if let label = record.label { answers[label, default: 0] += 1 }
    for tag in record.tags ?? [] { answers[tag, default: 0] += 1 }
  }

  /// The profile of all that was counted.
  /// - Parameter wanted: what each record has.
  package func profile(_ wanted: Wanted) -> DataProfile {
    var profile = DataProfile()
    (profile.wanted, profile.records, profile.labels) = (wanted, records, answers.count)
    let all = max(1, answers.values.reduce(0, +))
    profile.majority = Double(answers.values.max() ?? 0) / Double(all)
    let summary = LengthSummary(lengths)
    (profile.median, profile.percentile95) = (summary.quantile(0.5), summary.quantile(0.95))
    profile.medianCharacters = LengthSummary(characters).quantile(0.5)
    profile.hanShare = Double(han) / Double(max(1, letters))
    if wanted.includesTags { profile.scheme = TagScheme.detect(answers.keys.sorted()) }
    profile.hasCharacterTokens = tokens > 0 && Double(singles) > 0.95 * Double(tokens)
    return profile
  }
}

/// The quantiles of numbers of tokens.
package struct LengthSummary {
  private let sorted: [(length: Int, count: Int)]
  /// The number of records.
  package let records: Int

  /// - Parameter lengths: how many records have each length.
  package init(_ lengths: [Int: Int]) {
    sorted = lengths.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    records = sorted.reduce(0) { $0 + $1.count }
  }

  /// The smallest length that a share of the records do not exceed; 0 without records.
  package func quantile(_ share: Double) -> Int {
    var seen = 0
    for (length, count) in sorted {
      seen += count
      if Double(seen) >= share * Double(records) { return length }
    }
    return sorted.last?.length ?? 0
  }
}
