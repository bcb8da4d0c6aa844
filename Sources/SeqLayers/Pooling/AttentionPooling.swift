package import SeqTensor

/// A weighted mean over time whose weights are learned (Yang et al. 2016, "Hierarchical Attention Networks"):
///
///     u(t) = tanh(W h(t) + b)      a = softmax over t of v · u(t)      pooled = Σ a(t) h(t)
package struct AttentionPooling: Pooling {
  let projection: ParameterSlot  // W [A, d]
  let bias: ParameterSlot  // b [A]
  let context: ParameterSlot  // v [A]

  /// - Parameter size: d, and A too.
  package init(name: String, size: Int, layout: inout ParameterLayout) {
    let start = Initialization.uniform(1 / Float(size).squareRoot())
    projection = layout.addMatrix("\(name).weight", rows: size, columns: size, initialization: start)
    bias = layout.addVector("\(name).bias", count: size, initialization: start)
    context = layout.addVector("\(name).context", count: size, initialization: start)
  }

  package var gradientBlocks: [GradientBlock] { [projection, bias, context].flatMap { GradientBlock.blocks(of: $0) } }

  package func makePass() -> any PoolingPass { AttentionPoolingPass(self) }
}

private final class AttentionPoolingPass: PoolingPass {
  private let layer: AttentionPooling
  private let buffers = PoolingBuffers()
  private let keyBuffer = FloatBuffer(), weightBuffer = FloatBuffer(), scoreBuffer = FloatBuffer()
  private let dScoreBuffer = FloatBuffer()
  private var keys: Matrix  // u [rows, A]; after backward ∂L/∂(W h + b)
  private var attention: Matrix  // a [rows, 1]
  private var dScores: Matrix  // ∂L/∂(v · u) [rows, 1]
  private let tanhKeyBuffer = FloatBuffer()
  private var tanhKeys: Matrix
  private var precision = Precision.float32

  init(_ layer: AttentionPooling) {
    self.layer = layer
    let empty = keyBuffer.matrix(rows: 0, columns: 0)
    (keys, attention, dScores, tanhKeys) = (empty, empty, empty, empty)
  }

  func forward(_ rows: Matrix, shape: PackedShape, weights: Weights) -> Matrix {
    let pooled = buffers.begin(rows, shape)
    precision = weights.precision
    keys = keyBuffer.reserve(rows: rows.rows, columns: rows.columns)
    tanhKeys = tanhKeyBuffer.reserve(rows: rows.rows, columns: rows.columns)
    attention = weightBuffer.reserve(rows: rows.rows, columns: 1)
    keys.setProduct(rows, weights.transposed(layer.projection), bias: weights[layer.bias])
    tanhKeys.setTanh(of: keys)
    for s in 0..<shape.sequences {
      let length = shape.lengths[s]
      let scores = scoreBuffer.reserve(rows: 1, columns: length)
      for t in 0..<length {
        let row = shape.row(sequence: s, step: t)
        scores[0, t] = tanhKeys.rows(row..<row + 1).dot(weights[layer.context])
      }
      scores.softmaxRows()
      for t in 0..<length {
        let row = shape.row(sequence: s, step: t)
        attention[row, 0] = scores[0, t]
        pooled.rows(s..<s + 1).add(scores[0, t], times: rows.rows(row..<row + 1))
      }
    }
    return pooled
  }

  func backward(_ dPooled: Matrix, weights: Weights) -> Matrix {
    let dRows = buffers.beginBackward()
    let rows = buffers.rows
    let shape = buffers.shape
    dScores = dScoreBuffer.reserve(rows: rows.rows, columns: 1)
    for s in 0..<shape.sequences {
      let dp = dPooled.rows(s..<s + 1)
      // ∂L/∂a(t) = dp · h(t), and through the softmax ∂L/∂s(t) = a(t) (∂L/∂a(t) − Σ a ∂L/∂a).
      var mean: Float = 0
      for t in 0..<shape.lengths[s] {
        let row = shape.row(sequence: s, step: t)
        dScores[row, 0] = dp.dot(rows.rows(row..<row + 1))
        mean += attention[row, 0] * dScores[row, 0]
      }
      for t in 0..<shape.lengths[s] {
        let row = shape.row(sequence: s, step: t)
        dScores[row, 0] = attention[row, 0] * (dScores[row, 0] - mean)
        dRows.rows(row..<row + 1).add(attention[row, 0], times: dp)
      }
    }
    let v = weights[layer.context]
    for row in 0..<rows.rows {
      for j in 0..<v.columns {
        let u = tanhKeys[row, j]
        keys[row, j] = dScores[row, 0] * v[0, j] * (1 - u * u)
      }
    }
    dRows.addProduct(keys, weights.packed(layer.projection))
    return dRows
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    let target = gradient[block.slot]
    switch block.slot.index {
    case layer.projection.index:
      target.rows(block.rows).setTransposedProduct(
        keys.columns(block.rows), buffers.rows, adding: adding, precision: precision)
    case layer.bias.index: target.setColumnSums(of: keys, adding: adding)
    default: target.setTransposedProduct(dScores, tanhKeys, adding: adding)
    }
  }
}
