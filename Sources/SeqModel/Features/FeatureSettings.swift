import SeqCore

/// What a token feature looks at. The numbers of all features stand side by side in the row that the first layer reads.
public enum FeatureKind: String, Sendable, CaseIterable {
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

/// One feature of a token, with what its kind needs.
public enum FeatureSettings: Sendable, Equatable {
  case word(WordFeature)
  case characterLSTM(CharacterLSTMFeature)
  case characterCNN(CharacterCNNFeature)
  case shape(ShapeFeature)
  case prefix(AffixFeature)
  case suffix(AffixFeature)
  case ngrams(NGramFeature)
  case column(ColumnFeature)

  /// A feature with the usual sizes; one of a column reads the first column.
  public init(_ kind: FeatureKind) {
    switch kind {
    case .word: self = .word(WordFeature())
    case .characterLSTM: self = .characterLSTM(CharacterLSTMFeature())
    case .characterCNN: self = .characterCNN(CharacterCNNFeature())
    case .shape: self = .shape(ShapeFeature())
    case .prefix: self = .prefix(AffixFeature())
    case .suffix: self = .suffix(AffixFeature())
    case .ngrams: self = .ngrams(NGramFeature())
    case .column: self = .column(ColumnFeature(.index(0)))
    }
  }

  /// What it is.
  public var kind: FeatureKind {
    switch self {
    case .word: .word
    case .characterLSTM: .characterLSTM
    case .characterCNN: .characterCNN
    case .shape: .shape
    case .prefix: .prefix
    case .suffix: .suffix
    case .ngrams: .ngrams
    case .column: .column
    }
  }

  /// The feature as a word; nil for other kinds.
  public var word: WordFeature? {
    if case .word(let feature) = self { feature } else { nil }
  }

  /// The file of pretrained vectors of a word.
  public var vectors: String? { word?.vectors }

  /// Numbers that it adds to a token's row.
  package var outputSize: Int {
    switch self {
    case .word(let feature): feature.size
    case .characterLSTM(let feature): 2 * feature.hidden
    case .characterCNN(let feature): feature.filters
    case .shape(let feature): feature.size
    case .prefix(let feature), .suffix(let feature): feature.size
    case .ngrams(let feature): feature.size
    case .column(let feature): feature.size
    }
  }

  /// Whether what it looks up is fitted.
  package var isTrainable: Bool { word?.isTrainable ?? true }

  /// What is rarer in the training data is unknown.
  package var minimumCount: Int {
    switch self {
    case .word, .ngrams: 1
    case .characterLSTM(let feature): feature.minimumCount
    case .characterCNN(let feature): feature.minimumCount
    case .shape(let feature): feature.minimumCount
    case .prefix(let feature), .suffix(let feature): feature.minimumCount
    case .column(let feature): feature.minimumCount
    }
  }

  /// What it looks at of a token's word form; nil if it does not depend on the word form.
  package var trait: WordFormTrait? {
    switch self {
    case .word, .column: nil
    case .characterLSTM, .characterCNN: .characters
    case .shape: .shape
    case .prefix(let feature): .prefix(feature.length)
    case .suffix(let feature): .suffix(feature.length)
    case .ngrams(let feature): .ngrams(shortest: feature.shortest, longest: feature.longest, buckets: feature.buckets)
    }
  }
}

/// What a feature looks at of a word form: a list of ids.
package enum WordFormTrait: Sendable, Hashable {
  case characters
  case shape
  case prefix(Int)
  case suffix(Int)
  case ngrams(shortest: Int, longest: Int, buckets: Int)
}

extension [FeatureSettings] {
  /// What the features look at, each once, in the order of the first features that do.
  package var traits: [WordFormTrait] {
    var traits: [WordFormTrait] = []
    for case let trait? in map(\.trait) where !traits.contains(trait) { traits.append(trait) }
    return traits
  }

  /// The features of columns, in their order, which is that of the data's feature columns.
  package var columns: [ColumnFeature] {
    compactMap { feature in if case .column(let column) = feature { column } else { nil } }
  }

  /// The number of a feature's column among the data's feature columns; of a feature of a column.
  package func columnNumber(of feature: Int) -> Int { self[..<feature].count { $0.kind == .column } }
}
