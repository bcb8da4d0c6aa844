/// What a token is seen as: one of the views whose features stand side by side in the row that the first layer reads.
public enum InputKind: String, Sendable, CaseIterable {
  /// The token as an entry of the vocabulary.
  case word
  /// An LSTM over its characters in both directions (Lample et al. 2016).
  case characterLSTM = "character-lstm"
  /// A convolution over its characters (Ma and Hovy 2016).
  case characterCNN = "character-cnn"
  /// Its upper and lower case, digits and signs: `Xxx`, `dd-dd` (Collins 2002).
  case shape
  /// Its first characters.
  case prefix
  /// Its last characters.
  case suffix
  /// The sum of vectors of its character n-grams, found by a hash (Bojanowski et al. 2017).
  case ngrams
  /// What another column of the data says of it.
  case column
}

/// Where the row of tokens without a pretrained vector starts.
public enum UnknownVector: String, Sendable, CaseIterable {
  /// At the mean of the vectors that are used.
  case mean
  /// At random numbers, as the rows of other words without a vector.
  case random
}

/// One view of a token.
public struct InputSettings: Sendable, Equatable {
  /// What it is.
  public var kind: InputKind
  /// Features of a row of its table; of `word`, `shape`, `prefix`, `suffix`, `ngrams` and `column`.
  public var size = 64
  /// Of `word`: a file of pretrained vectors.
  public var vectors: String?
  /// Of `word`: where the unknown word starts if there are vectors.
  public var unknown = UnknownVector.mean
  /// Of `word`: whether its vectors are fitted.
  public var isTrainable = true
  /// Of `character-lstm` and `character-cnn`: features of a character.
  public var embedding = 30
  /// Of `character-lstm`: units of one direction.
  public var hidden = 25
  /// Of `character-cnn`.
  public var filters = 30
  /// Of `character-cnn`: characters that a filter sees.
  public var width = 3
  /// Of `prefix` and `suffix`: characters.
  public var length = 3
  /// Of `ngrams`: characters of the shortest.
  public var shortest = 3
  /// Of `ngrams`: characters of the longest.
  public var longest = 6
  /// Of `ngrams`: rows of the table.
  public var buckets = 1 << 16
  /// Of `column`: its number among the data's input columns.
  public var column = 0
  /// Of what has a vocabulary of its own: what is rarer is unknown.
  public var minimumCount = 1

  /// A view with the usual sizes.
  public init(_ kind: InputKind) { self.kind = kind }

  /// Features that it adds to a token's row.
  package var outputSize: Int {
    switch kind {
    case .word, .shape, .prefix, .suffix, .ngrams, .column: size
    case .characterLSTM: 2 * hidden
    case .characterCNN: filters
    }
  }

  /// What of a token's spelling it looks at; nil for what is no matter of spelling.
  package var feature: SpellingFeature? {
    switch kind {
    case .word, .column: nil
    case .characterLSTM, .characterCNN: .characters
    case .shape: .shape
    case .prefix: .prefix(length)
    case .suffix: .suffix(length)
    case .ngrams: .ngrams(shortest: shortest, longest: longest, buckets: buckets)
    }
  }
}

/// What a view looks at of a spelling: a list of ids.
package enum SpellingFeature: Sendable, Hashable {
  case characters
  case shape
  case prefix(Int)
  case suffix(Int)
  case ngrams(shortest: Int, longest: Int, buckets: Int)
}

extension [InputSettings] {
  /// What the views look at, each once, in the order of the first views that do.
  package var features: [SpellingFeature] {
    var features: [SpellingFeature] = []
    for case let feature? in map(\.feature) where !features.contains(feature) { features.append(feature) }
    return features
  }

  /// Input columns of the data that the views look at.
  package var columnCount: Int { filter { $0.kind == .column }.count }
}
