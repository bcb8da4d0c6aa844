package import SeqCore
package import SeqModel
package import SeqRecords
package import SeqText

/// What the views of a token beside the word look up: the vocabularies of the spelling's features and of input columns.
package struct ViewEncoder: Sendable {
  package let features: [SpellingFeature]
  /// Of each feature; nil for what is hashed.
  package let vocabularies: [Vocabulary?]
  /// Of each input column.
  package let columns: [Vocabulary]

  package init(features: [SpellingFeature], vocabularies: [Vocabulary?], columns: [Vocabulary]) {
    (self.features, self.vocabularies, self.columns) = (features, vocabularies, columns)
  }

  /// Numbers that a token has beside its id.
  package var extras: Int { (features.isEmpty ? 0 : 1) + columns.count }

  /// A table for the spellings of a dataset; nil if no view looks at them.
  package var emptyTable: SpellingTable? { features.isEmpty ? nil : SpellingTable(features: features.count) }

  /// Adds the ids of a feature of a spelling.
  package func append(_ feature: Int, of spelling: ArraySlice<UInt8>, to ids: inout [Int32]) {
    if case .ngrams(let shortest, let longest, let buckets) = features[feature] {
      return Spelling.forEachNGram(spelling, shortest...longest, buckets: buckets) { ids.append($0) }
    }
    guard let vocabulary = vocabularies[feature] else { return }
    let start = ids.count
    features[feature].forEachUnit(spelling) { ids.append(vocabulary.id(ofUTF8: $0)) }
    // Of a web address, say, the ends tell enough: a sweep is as long as the longest word.
    let excess = ids.count - start - Self.longestWord
    if excess > 0 { ids.removeSubrange(start + Self.longestWord / 2..<start + Self.longestWord / 2 + excess) }
  }

  /// Characters of a word that are seen: of a longer one as many at either end.
  private static let longestWord = 64

  /// Entries of what each of a model's inputs looks at, given those of the vocabulary.
  package func rows(_ inputs: [InputSettings], words: Int) -> [Int] {
    inputs.enumerated().map { i, input in
      switch input {
      case .word: return words
      case .ngrams(let ngrams): return ngrams.buckets
      case .column: return columns[inputs.columnNumber(of: i)].count
      default:
        guard let feature = input.feature.flatMap({ features.firstIndex(of: $0) }) else { return 0 }
        return vocabularies[feature]?.count ?? 0
      }
    }
  }
}

extension SpellingFeature {
  /// Calls `body` with what a vocabulary holds of a spelling; never for what is hashed.
  package func forEachUnit(_ spelling: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    switch self {
    case .characters: Spelling.forEachCharacter(spelling, body)
    case .shape: body(Spelling.shape(spelling)[...])
    case .prefix(let length): body(Spelling.prefix(spelling, length))
    case .suffix(let length): body(Spelling.suffix(spelling, length))
    case .ngrams: break
    }
  }

  /// The file of its vocabulary in a model's folder; nil for what is hashed.
  package var fileName: String? {
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
  package func write(to folder: String) throws(SeqError) {
    for (feature, vocabulary) in zip(features, vocabularies) {
      guard let name = feature.fileName, let vocabulary else { continue }
      try FileSystem.write(vocabulary.text(), to: "\(folder)/\(name)")
    }
    for (k, vocabulary) in columns.enumerated() {
      try FileSystem.write(vocabulary.text(), to: "\(folder)/column-\(k).txt")
    }
  }

  /// Reads what `write` has written.
  package init(reading folder: String, for inputs: [InputSettings]) throws(SeqError) {
    features = inputs.features
    var (vocabularies, columns): ([Vocabulary?], [Vocabulary]) = ([], [])
    for feature in features {
      guard let name = feature.fileName else {
        vocabularies.append(nil)
        continue
      }
      vocabularies.append(try Self.vocabulary(name, in: folder))
    }
    for k in 0..<inputs.columns.count { columns.append(try Self.vocabulary("column-\(k).txt", in: folder)) }
    (self.vocabularies, self.columns) = (vocabularies, columns)
  }

  private static func vocabulary(_ name: String, in folder: String) throws(SeqError) -> Vocabulary {
    let file = folder + "/" + name
    guard FileSystem.exists(file) else {
      throw .data("is missing: the model is damaged", at: .file(file), remedy: "fit the model again")
    }
    return try Vocabulary(parsing: FolderPart(file, in: folder).readText(), file: file)
  }
}
