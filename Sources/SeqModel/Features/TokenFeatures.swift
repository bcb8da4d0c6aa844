import SeqLayers
package import SeqTensor

/// The features of a token: what each looks at, and where its numbers stand in the row that the first layer reads.
package struct TokenFeatures: Sendable {
  /// What a feature looks at.
  package enum Source: Sendable, Equatable {
    /// The word, an entry of the vocabulary.
    case word
    /// A list of ids that the word form has, by the number of its trait.
    case wordForm(Int)
    /// What a feature column holds, by its number.
    case column(Int)
  }

  struct Feature: Sendable {
    let source: Source
    /// Where its numbers stand in a row.
    let columns: Range<Int>
    /// The table of what is looked up; nil for characters.
    let table: ParameterSlot?
    /// The number of the table's first row in `SparseTables`; nil if it is frozen, or there is none.
    let firstRow: Int?
    let characters: (any CharacterEncoder)?
  }

  let all: [Feature]
  package let tables: SparseTables
  package let frozen: [ParameterSlot]
  /// Numbers of a row.
  package var inputSize: Int { all.last?.columns.upperBound ?? 0 }
  /// Whether a feature looks at the word form.
  package var readWordForms: Bool {
    all.contains { if case .wordForm = $0.source { true } else { false } }
  }
  /// The table of a feature, by its place among the settings' features; nil for characters.
  package func table(of feature: Int) -> ParameterSlot? { all[feature].table }

  /// The number of the trait that is characters, if a feature looks at these.
  var characterTrait: Int? {
    for feature in all {
      if case .wordForm(let trait) = feature.source, feature.characters != nil { return trait }
    }
    return nil
  }
  var gradientBlocks: [GradientBlock] { all.flatMap { $0.characters?.gradientBlocks ?? [] } }

  /// - Parameters:
  ///   - rows: of each feature's table: the entries of what it looks at.
  ///   - embedding: the name of the first word feature's table.
  init(_ settings: [FeatureSettings], rows: [Int], embedding: String, layout: inout ParameterLayout) {
    precondition(settings.count == rows.count, "a feature without its number of entries")
    let traits = settings.traits
    let firstWord = settings.firstIndex { $0.kind == .word }
    var (features, trained, frozen): ([Feature], [ParameterSlot], [ParameterSlot]) = ([], [], [])
    var (column, firstRow) = (0, 0)
    for (i, setting) in settings.enumerated() {
      let name = "inputs.\(i)"
      let encoder = setting.makeEncoder(name, characters: rows[i], layout: &layout)
      let table =
        encoder != nil
        ? nil
        : layout.addMatrix(
          i == firstWord ? embedding : name + ".weight", rows: rows[i], columns: setting.outputSize,
          initialization: setting.start, packing: nil)
      let isTrained = table != nil && setting.isTrainable
      features.append(
        Feature(
          source: setting.source(traits, column: settings.columnNumber(of: i)),
          columns: column..<column + setting.outputSize, table: table,
          firstRow: isTrained ? firstRow : nil, characters: encoder))
      column += setting.outputSize
      guard let table else { continue }
      if isTrained {
        trained.append(table)
        firstRow += table.rows
      } else {
        frozen.append(table)
      }
    }
    self.all = features
    self.frozen = frozen
    tables = SparseTables(trained)
  }
}

extension FeatureSettings {
  fileprivate func source(_ traits: [WordFormTrait], column: Int) -> TokenFeatures.Source {
    if let trait = trait.flatMap({ traits.firstIndex(of: $0) }) { return .wordForm(trait) }
    return kind == .word ? .word : .column(column)
  }

  /// What reads characters; nil for what looks up a row of a table.
  fileprivate func makeEncoder(
    _ name: String, characters: Int, layout: inout ParameterLayout
  ) -> (any CharacterEncoder)? {
    switch self {
    case .characterLSTM(let setting):
      CharacterLSTM(
        name: name, count: characters, embedding: setting.embedding, hidden: setting.hidden, layout: &layout)
    case .characterCNN(let setting):
      CharacterCNN(
        name: name, count: characters, embedding: setting.embedding, filters: setting.filters, width: setting.width,
        layout: &layout)
    default: nil
    }
  }

  /// Words start as in a plain network; what is shared by many words starts larger, and the parts of a sum smaller.
  fileprivate var start: Initialization {
    switch kind {
    case .word: .normal(deviation: 0.1)
    case .ngrams: .uniform(1 / Float(outputSize))
    default: .uniform((3 / Float(outputSize)).squareRoot())
    }
  }
}
