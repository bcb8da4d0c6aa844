import SeqLayers
import SeqTensor

/// One shard's way through one feature.
final class FeaturePass {
  private let feature: TokenFeatures.Feature
  private let characters: (any CharacterPass)?
  private let valueBuffer = FloatBuffer(), dValueBuffer = FloatBuffer(), dDistinctBuffer = FloatBuffer()
  /// The table's rows that are looked up, and which of the distinct ones they are.
  private let ids = IndexBuffer(), index = IndexBuffer()
  /// ∂L/∂ of the distinct rows of the table.
  private var dDistinct: Matrix
  /// Where these stand among the shard's rows of all tables.
  var tableRows = 0..<0

  init(_ feature: TokenFeatures.Feature, _ team: WorkerTeam) {
    self.feature = feature
    characters = feature.characters?.makePass(team)
    dDistinct = valueBuffer.matrix(rows: 0, columns: 0)
  }

  private var table: ParameterSlot {
    guard let table = feature.table else { preconditionFailure("characters have a table of their own") }
    return table
  }

  // MARK: An id for each row

  /// Copies the table's rows.
  func lookUp(_ ids: RowIndices, weights: Weights, into target: Matrix) {
    target.copy(from: GatheredRows(weights[table], ids))
  }

  /// Takes the ids of the rows.
  func setRows(_ rows: ShardFeatures.Rows) {
    let (distinct, places) = (rows.distinct.ids, rows.distinct.index)
    index.set(places.span)
    ids.removeAll()
    for place in places { ids.append(Int(distinct[Int(place)])) }
  }

  func lookUp(weights: Weights, into target: Matrix) { lookUp(ids.indices, weights: weights, into: target) }

  /// Adds up the gradients of rows that are of the same row of the table.
  func scatter(_ dRows: Matrix, at indices: RowIndices, count: Int) {
    guard feature.firstRow != nil else { return }
    dDistinct = dDistinctBuffer.reserve(rows: count, columns: table.columns)
    dDistinct.fill(0)
    dDistinct.addRows(of: dRows, at: indices)
  }

  func scatter(_ dRows: Matrix, count: Int) { scatter(dRows, at: index.indices, count: count) }

  // MARK: Word forms

  /// The feature's numbers of each word form: [word forms, numbers].
  func encodeWordForms(_ number: Int, _ shard: ShardFeatures, weights: Weights, mode: Mode) -> Matrix {
    if let characters {
      let ids = shard.characters
      return characters.forward(ids.span, shape: shard.shape, weights: weights, mode: mode)
    }
    let rows = shard.rows[number]
    setRows(rows)
    let values = valueBuffer.reserve(rows: rows.ends.count, columns: table.columns)
    values.fill(0)
    let (table, ids) = (weights[table], ids.indices)
    var start = 0
    for (place, end) in rows.ends.enumerated() {
      let value = values.rows(place..<place + 1)
      for i in start..<end { value.add(table.rows(ids[i]..<ids[i] + 1)) }
      start = end
    }
    return values
  }

  /// - Parameters:
  ///   - dRows: ∂L/∂ of the feature's numbers of the shard's rows.
  ///   - places: of the rows' word forms.
  func backward(_ dRows: Matrix, at places: RowIndices, _ number: Int, _ shard: ShardFeatures, weights: Weights) {
    let dValues = dValueBuffer.reserve(rows: shard.wordFormCount, columns: dRows.columns)
    dValues.fill(0)
    dValues.addRows(of: dRows, at: places)
    if let characters { return characters.backward(dValues, weights: weights) }
    let rows = shard.rows[number]
    dDistinct = dDistinctBuffer.reserve(rows: rows.distinct.ids.count, columns: table.columns)
    dDistinct.fill(0)
    let index = index.indices
    var start = 0
    for (place, end) in rows.ends.enumerated() {
      let dValue = dValues.rows(place..<place + 1)
      for i in start..<end { dDistinct.rows(index[i]..<index[i] + 1).add(dValue) }
      start = end
    }
  }

  // MARK: Gradients

  func gradient(_ row: Int) -> Matrix { dDistinct.rows(row..<row + 1) }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    characters?.accumulate(block, into: gradient, adding: adding)
  }
}
