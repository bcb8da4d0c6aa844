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

/// Several features of each token, their numbers side by side.
///
/// What depends on the word form alone is computed once for each distinct word form of the shard and copied to the rows
/// that have it; gradients go the other way and are added up.
final class TokenFeaturesPass: InputPass {
  private let features: TokenFeatures
  private let passes: [FeaturePass]
  /// What owns a parameter with a dense gradient, by the slot's index.
  private let owners: [Int: FeaturePass]
  private let dropout: DropoutPass
  private let rowBuffer = FloatBuffer()
  private let words = IndexBuffer(), distinctWords = IndexBuffer(), places = IndexBuffer()

  /// - Parameters:
  ///   - rate: of dropout on single features of the rows.
  ///   - isLocked: whether the steps of a sequence have one mask.
  init(_ features: TokenFeatures, dropout rate: Double, isLocked: Bool, _ team: WorkerTeam) {
    self.features = features
    passes = features.all.map { FeaturePass($0, team) }
    var owners: [Int: FeaturePass] = [:]
    for (pass, feature) in zip(passes, features.all) {
      for block in feature.characters?.gradientBlocks ?? [] { owners[block.slot.index] = pass }
    }
    self.owners = owners
    dropout = DropoutPass(rate: rate, name: "input", isLocked: isLocked)
  }

  func forward(_ shard: Shard, weights: Weights, mode: Mode) -> GatheredRows {
    setIndices(shard)
    let rows = rowBuffer.reserve(rows: shard.shape.rows, columns: features.inputSize)
    for (v, feature) in features.all.enumerated() {
      let pass = passes[v]
      let target = rows.columns(feature.columns)
      switch feature.source {
      case .word: pass.lookUp(words.indices, weights: weights, into: target)
      case .column:
        pass.setRows(shard.features.rows[v])
        pass.lookUp(weights: weights, into: target)
      case .wordForm:
        target.copy(
          from: GatheredRows(pass.encodeWordForms(v, shard.features, weights: weights, mode: mode), places.indices))
      }
    }
    return GatheredRows(dropout.forward(rows, shape: shard.shape, mode: mode))
  }

  func backward(_ dInput: Matrix, _ shard: Shard, weights: Weights) {
    dropout.backward(dInput)
    for (v, feature) in features.all.enumerated() {
      let (pass, dRows) = (passes[v], dInput.columns(feature.columns))
      switch feature.source {
      case .word: pass.scatter(dRows, at: distinctWords.indices, count: shard.distinctIDs.count)
      case .column: pass.scatter(dRows, count: shard.features.rows[v].distinct.ids.count)
      case .wordForm: pass.backward(dRows, at: places.indices, v, shard.features, weights: weights)
      }
      pass.tableRows = shard.features.rows[v].tableRows
    }
  }

  private func setIndices(_ shard: Shard) {
    let (ids, index, wordForms) = (shard.ids, shard.distinctIndex, shard.features.places)
    words.set(ids.span)
    distinctWords.set(index.span)
    places.set(wordForms.span)
  }

  func rowGradient(_ row: Int) -> Matrix {
    for pass in passes where pass.tableRows.contains(row) { return pass.gradient(row - pass.tableRows.lowerBound) }
    preconditionFailure("row \(row) is of no table")
  }

  package func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    guard let owner = owners[block.slot.index] else {
      preconditionFailure("\(block.slot.name) is not a parameter of a feature")
    }
    owner.accumulate(block, into: gradient, adding: adding)
  }
}
