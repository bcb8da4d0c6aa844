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
    var parts: [(source: Source, table: ParameterSlot?, characters: (any CharacterEncoder)?)] = []
    var (hasWord, columns) = (false, 0)
    for (i, input) in inputs.enumerated() {
      let name = input.kind == .word && !hasWord ? embedding : "inputs.\(i).weight"
      let source = input.feature.flatMap { features.firstIndex(of: $0) }.map(Source.spelling)
      switch input.kind {
      case .word, .shape, .prefix, .suffix, .ngrams, .column:
        let table = layout.addMatrix(
          name, rows: rows[i], columns: input.size, initialization: input.start, packing: nil)
        parts.append((source ?? (input.kind == .word ? .word : .column(columns)), table, nil))
      case .characterLSTM:
        let encoder = CharacterLSTM(
          name: "inputs.\(i)", count: rows[i], embedding: input.embedding, hidden: input.hidden, layout: &layout)
        parts.append((source ?? .word, nil, encoder))
      case .characterCNN:
        let encoder = CharacterCNN(
          name: "inputs.\(i)", count: rows[i], embedding: input.embedding, filters: input.filters, width: input.width,
          layout: &layout)
        parts.append((source ?? .word, nil, encoder))
      }
      if input.kind == .word { hasWord = true }
      if input.kind == .column { columns += 1 }
    }
    let isFrozen = inputs.map { $0.kind == .word && !$0.isTrainable }
    tables = SparseTables(zip(parts, isFrozen).compactMap { $1 ? nil : $0.table })
    frozen = zip(parts, isFrozen).compactMap { $1 ? $0.table : nil }
    var (start, sparse) = (0, 0)
    var views: [View] = []
    for (i, part) in parts.enumerated() {
      let isSparse = part.table != nil && !isFrozen[i]
      views.append(
        View(
          source: part.source, columns: start..<start + inputs[i].outputSize, table: part.table,
          firstRow: isSparse ? tables.starts[sparse] : nil, characters: part.characters))
      start += inputs[i].outputSize
      if isSparse { sparse += 1 }
    }
    self.views = views
  }
}

extension InputSettings {
  /// Words start as in a plain network; what is shared by many words starts larger, and the parts of a sum smaller.
  fileprivate var start: Initialization {
    switch kind {
    case .word: .normal(deviation: 0.1)
    case .ngrams: .uniform(1 / Float(size))
    default: .uniform((3 / Float(size)).squareRoot())
    }
  }
}
