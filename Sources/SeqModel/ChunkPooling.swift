import SeqLayers
import SeqTensor

/// Pooling in two levels (Yang et al. 2016, "Hierarchical attention networks for document classification"): of each chunk
/// of a text as without chunks, then over the chunks by attention.
struct ChunkPooling: Pooling {
  let inner: any Pooling
  let outer: AttentionPooling

  /// - Parameter size: features of a pooled chunk.
  init(_ inner: any Pooling, size: Int, layout: inout ParameterLayout) {
    self.inner = inner
    outer = AttentionPooling(name: "chunk_attention", size: size, layout: &layout)
  }

  var gradientBlocks: [GradientBlock] { inner.gradientBlocks + outer.gradientBlocks }

  func makePass() -> any PoolingPass { ChunkPoolingPass(self) }
}

final class ChunkPoolingPass: PoolingPass {
  private let inner: any PoolingPass
  private let outer: any PoolingPass
  private let outerSlots: Set<Int>
  private let gathered = FloatBuffer(), dPooledBuffer = FloatBuffer()
  private let indices = IndexBuffer()
  /// The chunks that the next rows are of.
  var chunks = Chunks()

  init(_ pooling: ChunkPooling) {
    inner = pooling.inner.makePass()
    outer = pooling.outer.makePass()
    outerSlots = Set(pooling.outer.gradientBlocks.map(\.slot.index))
  }

  func forward(_ rows: Matrix, shape: PackedShape, weights: Weights) -> Matrix {
    let pooled = inner.forward(rows, shape: shape, weights: weights)
    let order = chunks.rows
    indices.set(order.span)
    let steps = gathered.reserve(rows: pooled.rows, columns: pooled.columns)
    steps.copy(from: GatheredRows(pooled, indices.indices))
    return outer.forward(steps, shape: chunks.texts, weights: weights)
  }

  func backward(_ dPooled: Matrix, weights: Weights) -> Matrix {
    let dSteps = outer.backward(dPooled, weights: weights)
    let dChunks = dPooledBuffer.reserve(rows: dSteps.rows, columns: dSteps.columns)
    dChunks.fill(0)
    dChunks.addRows(of: dSteps, at: indices.indices)
    return inner.backward(dChunks, weights: weights)
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    (outerSlots.contains(block.slot.index) ? outer : inner).accumulate(block, into: gradient, adding: adding)
  }
}
