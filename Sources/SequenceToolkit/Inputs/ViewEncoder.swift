import SeqCore
import SeqData
import SeqModel
import SeqText

/// What the views of a token beside the word look up: the vocabularies of the spelling's features and of input columns.
struct ViewEncoder: Sendable {
  let features: [SpellingFeature]
  /// Of each feature; nil for what is hashed.
  let vocabularies: [Vocabulary?]
  /// Of each input column.
  let columns: [Vocabulary]

  /// Numbers that a token has beside its id.
  var extras: Int { (features.isEmpty ? 0 : 1) + columns.count }

  /// A table for the spellings of a dataset; nil if no view looks at them.
  var emptyTable: SpellingTable? { features.isEmpty ? nil : SpellingTable(features: features.count) }

  /// Adds the ids of a feature of a spelling.
  func append(_ feature: Int, of spelling: ArraySlice<UInt8>, to ids: inout [Int32]) {
    if case .ngrams(let shortest, let longest, let buckets) = features[feature] {
      return Spelling.forEachNGram(spelling, shortest...longest, buckets: buckets) { ids.append($0) }
    }
    guard let vocabulary = vocabularies[feature] else { return }
    features[feature].forEachUnit(spelling) { ids.append(vocabulary.id(ofUTF8: $0)) }
  }

  /// Entries of what each of a model's inputs looks at, given those of the vocabulary.
  func rows(_ inputs: [InputSettings], words: Int) -> [Int] {
    inputs.map { input in
      switch input.kind {
      case .word: return words
      case .ngrams: return input.buckets
      case .column: return columns[input.column].count
      default:
        guard let feature = input.feature.flatMap({ features.firstIndex(of: $0) }) else { return 0 }
        return vocabularies[feature]?.count ?? 0
      }
    }
  }
}

extension SpellingFeature {
  /// Calls `body` with what a vocabulary holds of a spelling; never for what is hashed.
  func forEachUnit(_ spelling: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    switch self {
    case .characters: Spelling.forEachCharacter(spelling, body)
    case .shape: body(Spelling.shape(spelling)[...])
    case .prefix(let length): body(Spelling.prefix(spelling, length))
    case .suffix(let length): body(Spelling.suffix(spelling, length))
    case .ngrams: break
    }
  }

  /// The file of its vocabulary in a model's folder; nil for what is hashed.
  var fileName: String? {
    switch self {
    case .characters: "characters.txt"
    case .shape: "shapes.txt"
    case .prefix(let length): "prefixes-\(length).txt"
    case .suffix(let length): "suffixes-\(length).txt"
    case .ngrams: nil
    }
  }
}

extension ViewEncoder {
  /// Writes the vocabularies into a folder.
  func write(to folder: String) throws(SeqError) {
    for (feature, vocabulary) in zip(features, vocabularies) {
      guard let name = feature.fileName, let vocabulary else { continue }
      try FileSystem.write(vocabulary.text(), to: "\(folder)/\(name)")
    }
    for (k, vocabulary) in columns.enumerated() {
      try FileSystem.write(vocabulary.text(), to: "\(folder)/column-\(k).txt")
    }
  }

  /// Reads what `write` has written.
  init(reading folder: String, for inputs: [InputSettings]) throws(SeqError) {
    features = inputs.features
    var (vocabularies, columns): ([Vocabulary?], [Vocabulary]) = ([], [])
    for feature in features {
      guard let name = feature.fileName else {
        vocabularies.append(nil)
        continue
      }
      vocabularies.append(try Self.vocabulary("\(folder)/\(name)"))
    }
    for k in 0..<inputs.columnCount { columns.append(try Self.vocabulary("\(folder)/column-\(k).txt")) }
    (self.vocabularies, self.columns) = (vocabularies, columns)
  }

  private static func vocabulary(_ file: String) throws(SeqError) -> Vocabulary {
    guard FileSystem.exists(file) else {
      throw .data("is missing: the model is damaged", at: .file(file), remedy: "fit the model again")
    }
    return try Vocabulary(parsing: FileSystem.readText(file), file: file)
  }
}

/// Counts what the views look up.
struct ViewLearning {
  private let inputs: [InputSettings]
  private let features: [SpellingFeature]
  private var counts: [VocabularyBuilder]
  private var columns: [VocabularyBuilder]

  /// nil if there is nothing to count.
  init?(_ inputs: [InputSettings]) {
    if inputs.isEmpty { return nil }
    self.inputs = inputs
    features = inputs.features
    counts = features.map { _ in VocabularyBuilder() }
    columns = (0..<inputs.columnCount).map { _ in VocabularyBuilder() }
  }

  mutating func add(spelling: ArraySlice<UInt8>) {
    for (k, feature) in features.enumerated() { feature.forEachUnit(spelling) { counts[k].add(utf8: $0) } }
  }

  mutating func add(columns values: [[String]]) {
    for (k, column) in values.enumerated() where k < columns.count { columns[k].add(contentsOf: column) }
  }

  mutating func merge(_ other: ViewLearning) {
    for k in counts.indices { counts[k].merge(other.counts[k]) }
    for k in columns.indices { columns[k].merge(other.columns[k]) }
  }

  /// What was learned.
  var encoder: ViewEncoder {
    func minimum(_ isRight: (InputSettings) -> Bool) -> Int { inputs.first(where: isRight)?.minimumCount ?? 1 }
    return ViewEncoder(
      features: features,
      vocabularies: zip(features, counts).map { feature, counts in
        feature.fileName == nil ? nil : counts.build(minimumCount: minimum { $0.feature == feature })
      },
      columns: columns.enumerated().map { k, counts in
        counts.build(minimumCount: minimum { $0.kind == .column && $0.column == k })
      })
  }
}

/// Gives numbers to the spellings of a dataset, in the order in which they come.
struct SpellingIndex {
  private let encoder: ViewEncoder
  private var index = ByteIndex()

  /// nil if no view looks at spellings.
  init?(_ encoder: ViewEncoder?) {
    guard let encoder, !encoder.features.isEmpty else { return nil }
    self.encoder = encoder
  }

  /// The number of a spelling; a new one is added to the table.
  mutating func number(of spelling: ArraySlice<UInt8>, in table: inout SpellingTable?) -> Int32 {
    let (number, isNew) = index.insert(spelling)
    if isNew { table?.append { encoder.append($0, of: spelling, to: &$1) } }
    return Int32(number + 1)
  }

  mutating func removeAll() { index = ByteIndex() }

  /// The spellings in the order of their numbers, as a file has them.
  var text: String {
    Vocabulary((0..<index.count).map { String(decoding: index[$0], as: UTF8.self) }).text()
  }

  /// Reads what `text` wrote.
  static func table(parsing text: String, file: String, _ encoder: ViewEncoder) throws(SeqError) -> SpellingTable? {
    var table = encoder.emptyTable
    for spelling in try Vocabulary(parsing: text, file: file).entries {
      table?.append { encoder.append($0, of: Array(spelling.utf8)[...], to: &$1) }
    }
    return table
  }
}
