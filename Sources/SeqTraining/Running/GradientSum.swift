import SeqModel
import SeqTensor

/// The gradients of several batches, added up for one step: that of the batch that they are parts of.
final class GradientSum {
  /// Σ w g over the batches so far, g the gradient of a batch's mean loss and w what its loss was divided by.
  let vector: ParameterVector
  /// The rows of the tables that have a gradient, each once.
  private(set) var rows: [Int32] = []
  private(set) var batches = 0
  private var weight = 0.0
  private var has: [Bool]
  private let tables: SparseTables
  private let others: [Range<Int>]

  /// - Parameters:
  ///   - tables: what has the gradient of the rows that `add` is told of.
  ///   - frozen: what has none.
  init(_ layout: ParameterLayout, tables: SparseTables, frozen: [ParameterSlot]) {
    vector = ParameterVector(layout)
    has = Array(repeating: false, count: tables.rows)
    self.tables = tables
    let left = Set((tables.slots + frozen).map(\.index))
    others = layout.slots.filter { !left.contains($0.index) }.map(\.range)
  }

  /// Adds the gradient of a batch.
  /// - Parameters:
  ///   - ids: the rows of the tables that it has.
  ///   - denominator: what the batch's loss was divided by.
  func add(_ gradient: ParameterVector, rows ids: [Int32], denominator: Double) {
    for range in others {
      vector.flat.columns(range).add(Float(denominator), times: gradient.flat.columns(range))
    }
    for id in ids {
      let row = tables.range(ofRow: Int(id))
      if !has[Int(id)] {
        has[Int(id)] = true
        rows.append(id)
      }
      vector.flat.columns(row).add(Float(denominator), times: gradient.flat.columns(row))
    }
    weight += denominator
    batches += 1
  }

  /// What makes the sum the gradient of the mean loss over all of it.
  var scale: Double { weight > 0 ? 1 / weight : 0 }

  /// The norm of that gradient.
  var norm: Double {
    var squares = others.reduce(0) { $0 + vector.flat.columns($1).sumOfSquares }
    for id in rows { squares += vector.flat.columns(tables.range(ofRow: Int(id))).sumOfSquares }
    return squares.squareRoot() * scale
  }

  /// Begins anew.
  func clear() {
    for range in others { vector.flat.columns(range).fill(0) }
    for id in rows {
      vector.flat.columns(tables.range(ofRow: Int(id))).fill(0)
      has[Int(id)] = false
    }
    rows.removeAll(keepingCapacity: true)
    (batches, weight) = (0, 0)
  }
}
