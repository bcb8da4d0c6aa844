import SeqCore

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

/// One view of a token, with what its kind needs.
public enum InputSettings: Sendable, Equatable {
  case word(WordInput)
  case characterLSTM(CharacterLSTMInput)
  case characterCNN(CharacterCNNInput)
  case shape(ShapeInput)
  case prefix(AffixInput)
  case suffix(AffixInput)
  case ngrams(NGramInput)
  case column(ColumnInput)

  /// A view with the usual sizes; one of a column reads the first column.
  public init(_ kind: InputKind) {
    switch kind {
    case .word: self = .word(WordInput())
    case .characterLSTM: self = .characterLSTM(CharacterLSTMInput())
    case .characterCNN: self = .characterCNN(CharacterCNNInput())
    case .shape: self = .shape(ShapeInput())
    case .prefix: self = .prefix(AffixInput())
    case .suffix: self = .suffix(AffixInput())
    case .ngrams: self = .ngrams(NGramInput())
    case .column: self = .column(ColumnInput(.index(0)))
    }
  }

  /// What it is.
  public var kind: InputKind {
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

  /// The view as a word; nil for other kinds.
  public var word: WordInput? {
    if case .word(let input) = self { input } else { nil }
  }

  /// The file of pretrained vectors of a word.
  public var vectors: String? { word?.vectors }

  /// Features that it adds to a token's row.
  package var outputSize: Int {
    switch self {
    case .word(let input): input.size
    case .characterLSTM(let input): 2 * input.hidden
    case .characterCNN(let input): input.filters
    case .shape(let input): input.size
    case .prefix(let input), .suffix(let input): input.size
    case .ngrams(let input): input.size
    case .column(let input): input.size
    }
  }

  /// Whether what it looks up is fitted.
  package var isTrainable: Bool { word?.isTrainable ?? true }

  /// What is rarer in the training data is unknown.
  package var minimumCount: Int {
    switch self {
    case .word, .ngrams: 1
    case .characterLSTM(let input): input.minimumCount
    case .characterCNN(let input): input.minimumCount
    case .shape(let input): input.minimumCount
    case .prefix(let input), .suffix(let input): input.minimumCount
    case .column(let input): input.minimumCount
    }
  }

  /// What of a token's spelling it looks at; nil for what is no matter of spelling.
  package var feature: SpellingFeature? {
    switch self {
    case .word, .column: nil
    case .characterLSTM, .characterCNN: .characters
    case .shape: .shape
    case .prefix(let input): .prefix(input.length)
    case .suffix(let input): .suffix(input.length)
    case .ngrams(let input): .ngrams(shortest: input.shortest, longest: input.longest, buckets: input.buckets)
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

  /// The views of columns, in their order, which is that of the data's input columns.
  package var columns: [ColumnInput] {
    compactMap { input in if case .column(let column) = input { column } else { nil } }
  }

  /// The number of a view's column among the data's input columns; of a view of a column.
  package func columnNumber(of view: Int) -> Int { self[..<view].count { $0.kind == .column } }
}
