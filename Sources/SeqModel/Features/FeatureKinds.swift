package import SeqConfig
public import SeqCore

// What each kind of feature needs.

/// Where the row of tokens without a pretrained vector starts.
public enum UnknownVector: String, Sendable, CaseIterable {
  /// At the mean of the vectors that are used.
  case mean
  /// At random numbers, as the rows of other words without a vector.
  case random
}

/// A word as an entry of the vocabulary.
public struct WordFeature: Sendable, Equatable {
  /// Numbers that stand for a word.
  public var size = 64
  /// A file of pretrained vectors.
  public var vectors: String?
  /// Whether its vectors are fitted.
  public var isTrainable = true
  /// Where the unknown word starts if there are vectors.
  public var unknown = UnknownVector.mean

  /// The defaults.
  public init() {}
}

extension WordFeature: ConfigSection {
  package static let keys: [Key<Self>] = [
    .rowSize(\.size),
    .path("vectors", optional: \.vectors, "A file of pretrained vectors of `size` numbers")
      .see("reference/token-features.md#pretrained-vectors"),
    .bool("trainable", \.isTrainable, "Whether training changes the vectors"),
    .choice(
      "unknown", \.unknown,
      when: [.present(".vectors", "only applies with vectors: without them every word starts with random values")],
      "Initial vector of the unknown word: the mean of the vectors, or random values"),
  ]
}

/// An LSTM over the characters of a word, in both directions.
public struct CharacterLSTMFeature: Sendable, Equatable {
  /// Numbers that stand for a character.
  public var embedding = 30
  /// Units of one direction.
  public var hidden = 25
  /// Rarer characters are unknown.
  public var minimumCount = 1

  /// The defaults.
  public init() {}
}

extension CharacterLSTMFeature: ConfigSection {
  package static let keys: [Key<Self>] = [
    .characterSize(\.embedding),
    .int("hidden", \.hidden, in: 1...65_536, "Units of each direction"),
    .minimumCount(\.minimumCount),
  ]
}

/// A convolution over the characters of a word.
public struct CharacterCNNFeature: Sendable, Equatable {
  /// Numbers that stand for a character.
  public var embedding = 30
  /// Filters, each of which gives a number.
  public var filters = 30
  /// Characters that a filter sees at a time.
  public var width = 3
  /// Rarer characters are unknown.
  public var minimumCount = 1

  /// The defaults.
  public init() {}
}

extension CharacterCNNFeature: ConfigSection {
  package static let keys: [Key<Self>] = [
    .characterSize(\.embedding),
    .int("filters", \.filters, in: 1...65_536, "Number of filters; each gives one value"),
    .int("width", \.width, in: 1...64, "Width of a filter, in characters"),
    .minimumCount(\.minimumCount),
  ]
}

/// The shape of a word: `Xxx`, `dd-dd`.
public struct ShapeFeature: Sendable, Equatable {
  /// Numbers that stand for a shape.
  public var size = 10
  /// Rarer shapes are unknown.
  public var minimumCount = 1

  /// The defaults.
  public init() {}
}

extension ShapeFeature: ConfigSection {
  package static let keys: [Key<Self>] = [.rowSize(\.size), .minimumCount(\.minimumCount)]
}

/// The first or the last characters of a word.
public struct AffixFeature: Sendable, Equatable {
  /// Characters.
  public var length = 3
  /// Numbers that stand for an affix.
  public var size = 20
  /// Rarer affixes are unknown.
  public var minimumCount = 2

  /// The defaults.
  public init() {}
}

extension AffixFeature: ConfigSection {
  package static let keys: [Key<Self>] = [
    .int("length", \.length, in: 1...64, "Characters"), .rowSize(\.size), .minimumCount(\.minimumCount),
  ]
}

/// The character n-grams of a word.
public struct NGramFeature: Sendable, Equatable {
  /// Numbers that stand for an n-gram.
  public var size = 50
  /// Characters of the shortest.
  public var shortest = 3
  /// Characters of the longest.
  public var longest = 6
  /// Rows that the n-grams share, by a hash.
  public var buckets = 1 << 16

  /// The defaults.
  public init() {}
}

extension NGramFeature: ConfigSection {
  package static let keys: [Key<Self>] = [
    .rowSize(\.size),
    .int("shortest", \.shortest, in: 1...64, "Length of the shortest n-gram, in characters"),
    .int(
      "longest", \.longest, in: 1...64,
      default: .computed("`6`, or `shortest` if that is more") { root, _ in max(root.shortest, root.longest) },
      "Length of the longest n-gram, in characters"),
    .int("buckets", \.buckets, in: 1...100_000_000, "Number of rows; a hash assigns the n-grams to them"),
  ]

  package func check(_ reader: ConfigReader) {
    if longest < shortest { reader.problem("longest", "expected at least shortest, \(shortest), found \(longest)") }
  }
}

/// What another column of the data says of a word.
public struct ColumnFeature: Sendable, Equatable {
  /// The column of the data.
  public var column: ColumnReference
  /// Numbers that stand for a value.
  public var size = 20
  /// Rarer values are unknown.
  public var minimumCount = 1

  /// The defaults.
  public init(_ column: ColumnReference) { self.column = column }
}

extension ColumnFeature: ConfigSection {
  package static let keys: [Key<Self>] = [
    .value("column", \.column, .column, isRequired: true, "The column to read"),
    .rowSize(\.size), .minimumCount(\.minimumCount),
  ]

  package func check(_ reader: ConfigReader) {
    if let kind = reader.facts.text("tokenizer.kind"), ["byte", "bpe", "unigram"].contains(kind) {
      reader.problem(
        "kind", "column cannot be combined with the tokenizer \(kind): a column's values belong to whole tokens",
        remedy: "use another tokenizer.kind")
    }
  }
}

// MARK: Keys that several kinds have

extension Key {
  fileprivate static func rowSize(_ place: KeyPlace<Root, Int>) -> Key {
    .int("size", place, in: 1...65_536, "Size of a row")
  }

  fileprivate static func characterSize(_ place: KeyPlace<Root, Int>) -> Key {
    .int("embedding", place, in: 1...65_536, "Size of a character's embedding")
  }

  fileprivate static func minimumCount(_ place: KeyPlace<Root, Int>) -> Key {
    .int("minimumCount", place, in: 1...1_000_000, "Values that are rarer in the training data become unknown")
  }
}
