import SeqLayers
package import SeqTensor

/// The views of a token: what each looks at, and where its features stand in the row that the first layer reads.
package struct TokenViews: Sendable {
  /// What a view looks at.
  package enum Source: Sendable, Equatable {
    /// The word, an entry of the vocabulary.
    case word
    /// A list of ids that the spelling has, by the number of its feature.
    case spelling(Int)
    /// What an input column holds, by its number.
    case column(Int)
  }

  struct View: Sendable {
    let source: Source
    /// Where its features stand in a row.
    let columns: Range<Int>
    /// The table of what is looked up; nil for characters.
    let table: ParameterSlot?
    /// The number of the table's first row in `SparseTables`; nil if it is frozen, or there is none.
    let firstRow: Int?
    let characters: (any CharacterEncoder)?
  }

  let views: [View]
  package let tables: SparseTables
  package let frozen: [ParameterSlot]
  /// Features of a row.
  package var inputSize: Int { views.last?.columns.upperBound ?? 0 }
  /// Whether a view looks at the spelling.
  package var readSpelling: Bool {
    views.contains { if case .spelling = $0.source { true } else { false } }
  }
  /// The table of a view, by its place among the settings' inputs; nil for characters.
  package func table(ofView view: Int) -> ParameterSlot? { views[view].table }

  /// The number of the feature that is characters, if a view looks at these.
  var characterFeature: Int? {
    for view in views {
      if case .spelling(let feature) = view.source, view.characters != nil { return feature }
    }
    return nil
  }
  var gradientBlocks: [GradientBlock] { views.flatMap { $0.characters?.gradientBlocks ?? [] } }

  /// - Parameters:
  ///   - rows: of each view's table: the entries of what it looks at.
  ///   - embedding: the name of the first word view's table.
  init(_ inputs: [InputSettings], rows: [Int], embedding: String, layout: inout ParameterLayout) {
    precondition(inputs.count == rows.count, "a view without its number of entries")
    let features = inputs.features
    let firstWord = inputs.firstIndex { $0.kind == .word }
    var (views, trained, frozen): ([View], [ParameterSlot], [ParameterSlot]) = ([], [], [])
    var (column, firstRow) = (0, 0)
    for (i, input) in inputs.enumerated() {
      let name = "inputs.\(i)"
      let encoder = input.makeEncoder(name, characters: rows[i], layout: &layout)
      let table =
        encoder != nil
        ? nil
        : layout.addMatrix(
          i == firstWord ? embedding : name + ".weight", rows: rows[i], columns: input.outputSize,
          initialization: input.start, packing: nil)
      let isTrained = table != nil && input.isTrainable
      views.append(
        View(
          source: input.source(features, column: inputs.columnNumber(of: i)),
          columns: column..<column + input.outputSize, table: table,
          firstRow: isTrained ? firstRow : nil, characters: encoder))
      column += input.outputSize
      guard let table else { continue }
      if isTrained {
        trained.append(table)
        firstRow += table.rows
      } else {
        frozen.append(table)
      }
    }
    self.views = views
    self.frozen = frozen
    tables = SparseTables(trained)
  }
}

extension InputSettings {
  fileprivate func source(_ features: [SpellingFeature], column: Int) -> TokenViews.Source {
    if let feature = feature.flatMap({ features.firstIndex(of: $0) }) { return .spelling(feature) }
    return kind == .word ? .word : .column(column)
  }

  /// What reads characters; nil for what looks up a row of a table.
  fileprivate func makeEncoder(
    _ name: String, characters: Int, layout: inout ParameterLayout
  ) -> (any CharacterEncoder)? {
    switch self {
    case .characterLSTM(let input):
      CharacterLSTM(name: name, count: characters, embedding: input.embedding, hidden: input.hidden, layout: &layout)
    case .characterCNN(let input):
      CharacterCNN(
        name: name, count: characters, embedding: input.embedding, filters: input.filters, width: input.width,
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
