import SeqTensor

/// The gradients of several batches, added up for one step: that of the batch that they are parts of.
final class GradientSum {
  /// Σ w g over the batches so far, g the gradient of a batch's mean loss and w what its loss was divided by.
  let vector: ParameterVector
  /// The rows of the table that have a gradient, each once.
  private(set) var rows: [Int32] = []
  private(set) var batches = 0
  private var weight = 0.0
  private var has: [Bool]
  private let table: ParameterSlot
  private let others: [Range<Int>]

  init(_ layout: ParameterLayout, table: ParameterSlot) {
    vector = ParameterVector(layout)
    has = Array(repeating: false, count: table.rows)
    self.table = table
    others = [0..<table.range.lowerBound, table.range.upperBound..<layout.count]
  }

  /// Adds the gradient of a batch.
  /// - Parameters:
  ///   - ids: the rows of the table that it has.
  ///   - denominator: what the batch's loss was divided by.
  func add(_ gradient: ParameterVector, rows ids: [Int32], denominator: Double) {
    for range in others {
      vector.flat.columns(range).add(Float(denominator), times: gradient.flat.columns(range))
    }
    let (sums, parts) = (vector[table], gradient[table])
    for id in ids {
      let row = Int(id)..<Int(id) + 1
      if !has[Int(id)] {
        has[Int(id)] = true
        rows.append(id)
      }
      sums.rows(row).add(Float(denominator), times: parts.rows(row))
    }
    weight += denominator
    batches += 1
  }

  /// What makes the sum the gradient of the mean loss over all of it.
  var scale: Double { weight > 0 ? 1 / weight : 0 }

  /// The norm of that gradient.
  var norm: Double {
    var squares = others.reduce(0) { $0 + vector.flat.columns($1).sumOfSquares }
    let sums = vector[table]
    for id in rows { squares += sums.rows(Int(id)..<Int(id) + 1).sumOfSquares }
    return squares.squareRoot() * scale
  }

  /// Begins anew.
  func clear() {
    for range in others { vector.flat.columns(range).fill(0) }
    for id in rows {
      vector[table].rows(Int(id)..<Int(id) + 1).fill(0)
      has[Int(id)] = false
    }
    rows.removeAll(keepingCapacity: true)
    (batches, weight) = (0, 0)
  }
}
