import SeqTensor

/// The maximum over time, feature by feature; the gradient goes to the first row that reached it.
package struct MaxPooling: Pooling {
  package init() {}
  package func makePass() -> any PoolingPass { MaxPass() }
}

private final class MaxPass: PoolingPass {
  private let buffers = PoolingBuffers()
  /// The row that each feature of each sequence came from.
  private var sources: [Int32] = []

  func forward(_ rows: Matrix, shape: PackedShape, weights: Weights) -> Matrix {
    let pooled = buffers.begin(rows, shape)
    let columns = rows.columns
    sources.removeAll(keepingCapacity: true)
    sources.append(contentsOf: repeatElement(0, count: pooled.count))
    for (t, step) in shape.steps.enumerated() {
      for (s, row) in step.enumerated() {
        for j in 0..<columns where t == 0 || rows[row, j] > pooled[s, j] {
          pooled[s, j] = rows[row, j]
          sources[s * columns + j] = Int32(row)
        }
      }
    }
    return pooled
  }

  func backward(_ dPooled: Matrix, weights: Weights) -> Matrix {
    let dRows = buffers.beginBackward()
    for s in 0..<dPooled.rows {
      for j in 0..<dPooled.columns { dRows[Int(sources[s * dPooled.columns + j]), j] = dPooled[s, j] }
    }
    return dRows
  }
}
