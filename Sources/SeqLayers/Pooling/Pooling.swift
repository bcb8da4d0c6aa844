package import SeqTensor

/// A junction that turns the rows of a sequence [rows, d] into one vector a sequence [sequences, d].
package protocol Pooling: Sendable {
  var gradientBlocks: [GradientBlock] { get }
  func makePass() -> any PoolingPass
}

extension Pooling {
  package var gradientBlocks: [GradientBlock] { [] }
}

/// One shard's pooling and its derivative.
package protocol PoolingPass: GradientSource {
  /// [rows, d] → [sequences, d], valid until the next `forward`.
  func forward(_ rows: Matrix, shape: PackedShape, weights: Weights) -> Matrix
  /// [sequences, d] → [rows, d], valid until the next `backward`.
  func backward(_ dPooled: Matrix, weights: Weights) -> Matrix
}

extension PoolingPass {
  package func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    preconditionFailure("\(block.slot.name): this pooling has no parameters")
  }
}

/// The buffers that every pooling needs.
final class PoolingBuffers {
  private let pooled = FloatBuffer(), dRows = FloatBuffer()
  private(set) var shape = PackedShape()
  private(set) var rows: Matrix

  init() { rows = pooled.matrix(rows: 0, columns: 0) }

  /// Keeps the input and returns a zeroed [sequences, d].
  func begin(_ rows: Matrix, _ shape: PackedShape) -> Matrix {
    self.rows = rows
    self.shape = shape
    let result = pooled.reserve(rows: shape.sequences, columns: rows.columns)
    result.fill(0)
    return result
  }

  /// A zeroed [rows, d].
  func beginBackward() -> Matrix {
    let result = dRows.reserve(rows: rows.rows, columns: rows.columns)
    result.fill(0)
    return result
  }
}
