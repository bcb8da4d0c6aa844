package import SeqCore
package import SeqModel
package import SeqRecords
package import SeqText

/// What the features of a token beside the word look up: the vocabularies of the word form's traits and of
/// feature columns.
package struct FeatureEncoder: Sendable {
  package let traits: [WordFormTrait]
  /// Of each trait; nil for what is hashed.
  package let vocabularies: [Vocabulary?]
  /// Of each feature column.
  package let columns: [Vocabulary]

  package init(traits: [WordFormTrait], vocabularies: [Vocabulary?], columns: [Vocabulary]) {
    (self.traits, self.vocabularies, self.columns) = (traits, vocabularies, columns)
  }

  /// Numbers that a token has beside its id.
  package var extras: Int { (traits.isEmpty ? 0 : 1) + columns.count }

  /// A table for the word forms of a dataset; nil if no feature looks at them.
  package var emptyTable: WordFormTable? { traits.isEmpty ? nil : WordFormTable(traits: traits.count) }

  /// Adds the ids of a trait of a word form.
  package func append(_ trait: Int, of wordForm: ArraySlice<UInt8>, to ids: inout [Int32]) {
    if case .ngrams(let shortest, let longest, let buckets) = traits[trait] {
      return WordForm.forEachNGram(wordForm, shortest...longest, buckets: buckets) { ids.append($0) }
    }
    guard let vocabulary = vocabularies[trait] else { return }
    let start = ids.count
    traits[trait].forEachUnit(wordForm) { ids.append(vocabulary.id(ofUTF8: $0)) }
    // Of a web address, say, the ends tell enough: a sweep is as long as the longest word.
    let excess = ids.count - start - Self.longestWord
    if excess > 0 { ids.removeSubrange(start + Self.longestWord / 2..<start + Self.longestWord / 2 + excess) }
  }

  /// Characters of a word that are read: of a longer one as many at either end.
  private static let longestWord = 64

  /// Entries of what each of a model's features looks at, given those of the vocabulary.
  package func rows(_ features: [FeatureSettings], words: Int) -> [Int] {
    features.enumerated().map { i, feature in
      switch feature {
      case .word: return words
      case .ngrams(let ngrams): return ngrams.buckets
      case .column: return columns[features.columnNumber(of: i)].count
      default:
        guard let trait = feature.trait.flatMap({ traits.firstIndex(of: $0) }) else { return 0 }
        return vocabularies[trait]?.count ?? 0
      }
    }
  }
}

extension WordFormTrait {
  /// Calls `body` with what a vocabulary holds of a word form; never for what is hashed.
  package func forEachUnit(_ wordForm: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    switch self {
    case .characters: WordForm.forEachCharacter(wordForm, body)
    case .shape: body(WordForm.shape(wordForm)[...])
    case .prefix(let length): body(WordForm.prefix(wordForm, length))
    case .suffix(let length): body(WordForm.suffix(wordForm, length))
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

extension FeatureEncoder {
  /// Writes the vocabularies into a folder.
  package func write(to folder: String) throws(SeqError) {
    for (trait, vocabulary) in zip(traits, vocabularies) {
      guard let name = trait.fileName, let vocabulary else { continue }
      try FileSystem.write(vocabulary.text(), to: "\(folder)/\(name)")
    }
    for (k, vocabulary) in columns.enumerated() {
      try FileSystem.write(vocabulary.text(), to: "\(folder)/column-\(k).txt")
    }
  }

  /// Reads what `write` has written.
  package init(reading folder: String, for features: [FeatureSettings]) throws(SeqError) {
    traits = features.traits
    var (vocabularies, columns): ([Vocabulary?], [Vocabulary]) = ([], [])
    for trait in traits {
      guard let name = trait.fileName else {
        vocabularies.append(nil)
        continue
      }
      vocabularies.append(try Self.vocabulary(name, in: folder))
    }
    for k in 0..<features.columns.count { columns.append(try Self.vocabulary("column-\(k).txt", in: folder)) }
    (self.vocabularies, self.columns) = (vocabularies, columns)
  }

  private static func vocabulary(_ name: String, in folder: String) throws(SeqError) -> Vocabulary {
    let file = folder + "/" + name
    guard FileSystem.exists(file) else {
      throw .data("is missing: the model is damaged", at: .file(file), remedy: "fit the model again")
    }
    return try Vocabulary(parsing: ContainedFile(file, in: folder).readText(), file: file)
  }
}
