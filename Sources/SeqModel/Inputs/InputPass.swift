package import SeqLayers
package import SeqTensor

/// One shard's tokens as rows of features, and back.
protocol InputPass: GradientSource {
  /// The rows that the first layer reads: [rows, features].
  func forward(_ shard: Shard, weights: Weights, mode: Mode) -> GatheredRows
  /// - Parameter dInput: the gradient of the table of what `forward` gave, which may be overwritten.
  func backward(_ dInput: Matrix, _ shard: Shard, weights: Weights)
  /// ∂L/∂ of one of the shard's `tableRows`, after `backward`.
  func rowGradient(_ row: Int) -> Matrix
}

extension TokenEmbeddingPass: InputPass {
  func backward(_ dInput: Matrix, _ shard: Shard, weights: Weights) { backward(dInput, shard) }

  func rowGradient(_ row: Int) -> Matrix { dEmbedded.rows(row..<row + 1) }

  package func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    preconditionFailure("\(block.slot.name): an embedding's gradient is sparse")
  }
}

/// Several views of each token, side by side.
///
/// What depends on the spelling alone is computed once for each distinct spelling of the shard and copied to the rows
/// that have it; gradients go the other way and are added up.
final class ViewsPass: InputPass {
  private let views: TokenViews
  private let parts: [ViewPart]
  /// What owns a parameter with a dense gradient, by the slot's index.
  private let owners: [Int: ViewPart]
  private let dropout: DropoutPass
  private let rowBuffer = FloatBuffer()
  private let words = IndexBuffer(), distinctWords = IndexBuffer(), places = IndexBuffer()

  /// - Parameters:
  ///   - rate: of dropout on single features of the rows.
  ///   - isLocked: whether the steps of a sequence have one mask.
  init(_ views: TokenViews, dropout rate: Double, isLocked: Bool, _ team: WorkerTeam) {
    self.views = views
    parts = views.views.map { ViewPart($0, team) }
    var owners: [Int: ViewPart] = [:]
    for (part, view) in zip(parts, views.views) {
      for block in view.characters?.gradientBlocks ?? [] { owners[block.slot.index] = part }
    }
    self.owners = owners
    dropout = DropoutPass(rate: rate, name: "input", isLocked: isLocked)
  }

  func forward(_ shard: Shard, weights: Weights, mode: Mode) -> GatheredRows {
    setIndices(shard)
    let rows = rowBuffer.reserve(rows: shard.shape.rows, columns: views.inputSize)
    for (v, view) in views.views.enumerated() {
      let part = parts[v]
      let target = rows.columns(view.columns)
      switch view.source {
      case .word: part.lookUp(words.indices, weights: weights, into: target)
      case .column:
        part.setRows(shard.views.rows[v])
        part.lookUp(weights: weights, into: target)
      case .spelling:
        target.copy(from: GatheredRows(part.spell(v, shard.views, weights: weights, mode: mode), places.indices))
      }
    }
    return GatheredRows(dropout.forward(rows, shape: shard.shape, mode: mode))
  }

  func backward(_ dInput: Matrix, _ shard: Shard, weights: Weights) {
    dropout.backward(dInput)
    for (v, view) in views.views.enumerated() {
      let (part, dRows) = (parts[v], dInput.columns(view.columns))
      switch view.source {
      case .word: part.scatter(dRows, at: distinctWords.indices, count: shard.distinctIDs.count)
      case .column: part.scatter(dRows, count: shard.views.rows[v].distinct.ids.count)
      case .spelling: part.backward(dRows, at: places.indices, v, shard.views, weights: weights)
      }
      part.tableRows = shard.views.rows[v].tableRows
    }
  }

  private func setIndices(_ shard: Shard) {
    let (ids, index, spellings) = (shard.ids, shard.distinctIndex, shard.views.places)
    words.set(ids.span)
    distinctWords.set(index.span)
    places.set(spellings.span)
  }

  func rowGradient(_ row: Int) -> Matrix {
    for part in parts where part.tableRows.contains(row) { return part.gradient(row - part.tableRows.lowerBound) }
    preconditionFailure("row \(row) is of no table")
  }

  package func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    guard let owner = owners[block.slot.index] else {
      preconditionFailure("\(block.slot.name) is not a parameter of a view")
    }
    owner.accumulate(block, into: gradient, adding: adding)
  }
}
