import SeqTensor

/// The final state: the forward half of the last row and, with two directions, the backward half of the first row.
package struct LastStatePooling: Pooling {
  let hiddenSize: Int

  /// - Parameter hiddenSize: features of one direction.
  package init(hiddenSize: Int) { self.hiddenSize = hiddenSize }

  package func makePass() -> any PoolingPass { LastStatePass(hiddenSize: hiddenSize) }
}

private final class LastStatePass: PoolingPass {
  private let hiddenSize: Int
  private let buffers = PoolingBuffers()

  init(hiddenSize: Int) { self.hiddenSize = hiddenSize }

  func forward(_ rows: Matrix, shape: PackedShape, weights: Weights) -> Matrix {
    let pooled = buffers.begin(rows, shape)
    forEachState { sequence, row, half in
      pooled.rows(sequence..<sequence + 1).columns(half).copy(from: rows.rows(row..<row + 1).columns(half))
    }
    return pooled
  }

  func backward(_ dPooled: Matrix, weights: Weights) -> Matrix {
    let dRows = buffers.beginBackward()
    forEachState { sequence, row, half in
      dRows.rows(row..<row + 1).columns(half).copy(from: dPooled.rows(sequence..<sequence + 1).columns(half))
    }
    return dRows
  }

  private func forEachState(_ body: (_ sequence: Int, _ row: Int, _ half: Range<Int>) -> Void) {
    let shape = buffers.shape
    for s in 0..<shape.sequences {
      body(s, shape.lastRow(sequence: s), 0..<hiddenSize)
      if buffers.rows.columns > hiddenSize { body(s, s, hiddenSize..<buffers.rows.columns) }
    }
  }
}
