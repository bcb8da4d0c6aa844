package import SeqTensor

/// What turns the characters of words into a vector a word.
package protocol CharacterEncoder: Sendable {
  /// Features of a word.
  var outputSize: Int { get }
  /// The parameters, each with the rows that one gradient task takes.
  var gradientBlocks: [GradientBlock] { get }
  /// The mutable half for one shard: see `SequenceLayer.makePass`.
  func makePass(_ team: WorkerTeam) -> any CharacterPass
}

/// One shard's distinct words on their way through a `CharacterEncoder`, forth and back.
package protocol CharacterPass: GradientSource {
  /// - Parameters:
  ///   - characters: the ids of the words' characters in packed order: [shape.rows].
  ///   - shape: of the words, the longest first.
  /// - Returns: [words, outputSize], valid until the next `forward`.
  func forward(_ characters: Span<Int32>, shape: PackedShape, weights: Weights, mode: Mode) -> Matrix

  /// Leaves behind what the weight gradients are made of. - Parameter dOutput: [words, outputSize].
  func backward(_ dOutput: Matrix, weights: Weights)
}

/// The embeddings of a shard's characters and their gradient, a whole table of it: characters are few.
final class CharacterTable {
  private let slot: ParameterSlot
  private let indices = IndexBuffer()
  private let rowBuffer = FloatBuffer(), gradientBuffer = FloatBuffer()
  private var isGathered = false
  private var gradient: Matrix

  init(_ slot: ParameterSlot) {
    self.slot = slot
    gradient = gradientBuffer.matrix(rows: 0, columns: 0)
  }

  /// The embedded characters: rows of the table itself if there are more characters than it has rows.
  func forward(_ characters: Span<Int32>, weights: Weights) -> GatheredRows {
    indices.set(characters)
    let gathered = GatheredRows(weights[slot], indices.indices)
    isGathered = slot.rows < characters.count
    if isGathered { return gathered }
    let rows = rowBuffer.reserve(rows: characters.count, columns: slot.columns)
    rows.copy(from: gathered)
    return GatheredRows(rows)
  }

  /// - Parameter dRows: the gradient of the table of what `forward` gave; it stays as it is until `accumulate`.
  func backward(_ dRows: Matrix) {
    if isGathered {
      gradient = dRows
      return
    }
    gradient = gradientBuffer.reserve(rows: slot.rows, columns: slot.columns)
    gradient.fill(0)
    gradient.addRows(of: dRows, at: indices.indices)
  }

  /// - Returns: whether the block is of the table.
  func accumulate(_ block: GradientBlock, into vector: ParameterVector, adding: Bool) -> Bool {
    guard block.slot.index == slot.index else { return false }
    let target = vector[slot].rows(block.rows)
    if adding { target.add(gradient.rows(block.rows)) } else { target.copy(from: gradient.rows(block.rows)) }
    return true
  }
}

extension ParameterLayout {
  /// Reserves a table of characters' embeddings, uniform with variance 1 / size at the start (Ma and Hovy 2016).
  mutating func addCharacters(_ name: String, count: Int, size: Int) -> ParameterSlot {
    addMatrix(
      "\(name).embedding.weight", rows: count, columns: size,
      initialization: .uniform((3 / Float(size)).squareRoot()), packing: nil)
  }
}
