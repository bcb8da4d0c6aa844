import SeqTensor

/// The mean over time.
package struct MeanPooling: Pooling {
  package init() {}
  package func makePass() -> any PoolingPass { MeanPass() }
}

private final class MeanPass: PoolingPass {
  private let buffers = PoolingBuffers()

  func forward(_ rows: Matrix, shape: PackedShape, weights: Weights) -> Matrix {
    let pooled = buffers.begin(rows, shape)
    forEachRow { sequence, row, share in
      pooled.rows(sequence..<sequence + 1).add(share, times: rows.rows(row..<row + 1))
    }
    return pooled
  }

  func backward(_ dPooled: Matrix, weights: Weights) -> Matrix {
    let dRows = buffers.beginBackward()
    forEachRow { sequence, row, share in
      dRows.rows(row..<row + 1).add(share, times: dPooled.rows(sequence..<sequence + 1))
    }
    return dRows
  }

  private func forEachRow(_ body: (_ sequence: Int, _ row: Int, _ share: Float) -> Void) {
    for step in buffers.shape.steps {
      for (s, row) in step.enumerated() { body(s, row, 1 / Float(buffers.shape.lengths[s])) }
    }
  }
}
