package import SeqTensor

/// A convolution over a word's characters and the maximum of each filter over the word (dos Santos and Zadrozny 2014; Ma
/// and Hovy 2016).
///
///     a(t) = W [e(t − (w − 1) / 2) … e(t + w / 2)] + b      beyond the word's ends e is the padding's embedding
///     y = maxₜ a(t)
package struct CharacterCNN: CharacterEncoder {
  /// The id of what stands beyond the ends of a word; its embedding is learned.
  static let padding = 0

  let characters: ParameterSlot  // [characters, E]
  let weight: ParameterSlot  // W [filters, w E]
  let bias: ParameterSlot  // b [filters]
  /// w, the characters that a filter sees.
  let width: Int

  package var outputSize: Int { weight.rows }
  package var gradientBlocks: [GradientBlock] {
    [characters, weight, bias].flatMap { GradientBlock.blocks(of: $0) }
  }

  /// - Parameters:
  ///   - name: the prefix of the parameters' names: `<name>.embedding.weight`, `<name>.weight`, `<name>.bias`.
  ///   - count: characters, padding and unknown included.
  package init(name: String, count: Int, embedding: Int, filters: Int, width: Int, layout: inout ParameterLayout) {
    characters = layout.addCharacters(name, count: count, size: embedding)
    let start = Initialization.uniform(1 / Float(width * embedding).squareRoot())
    weight = layout.addMatrix("\(name).weight", rows: filters, columns: width * embedding, initialization: start)
    bias = layout.addVector("\(name).bias", count: filters, initialization: start)
    self.width = width
  }

  package func makePass(_ team: WorkerTeam) -> any CharacterPass { CharacterCNNPass(self) }
}

private final class CharacterCNNPass: CharacterPass {
  private let encoder: CharacterCNN
  private let maximum = MaxPooling().makePass()
  /// Of each place in a window, the character that each row sees there.
  private let seen: [IndexBuffer]
  private let inputBuffer = FloatBuffer(), sumBuffer = FloatBuffer(), dInputBuffer = FloatBuffer()
  private let tableBuffer = FloatBuffer()
  private var input: Matrix
  /// ∂L/∂a, after `backward`.
  private var dSum: Matrix
  private var dTable: Matrix
  private var precision = Precision.float32

  init(_ encoder: CharacterCNN) {
    self.encoder = encoder
    seen = (0..<encoder.width).map { _ in IndexBuffer() }
    input = inputBuffer.matrix(rows: 0, columns: 0)
    (dSum, dTable) = (input, input)
  }

  func forward(_ characters: Span<Int32>, shape: PackedShape, weights: Weights, mode: Mode) -> Matrix {
    precision = weights.precision
    look(at: characters, shape)
    input = inputBuffer.reserve(rows: shape.rows, columns: encoder.weight.columns)
    for j in seen.indices {
      input.columns(columns(j)).copy(from: GatheredRows(weights[encoder.characters], seen[j].indices))
    }
    let sums = sumBuffer.reserve(rows: shape.rows, columns: encoder.weight.rows)
    sums.setProduct(input, weights.transposed(encoder.weight), bias: weights[encoder.bias])
    return maximum.forward(sums, shape: shape, weights: weights)
  }

  func backward(_ dOutput: Matrix, weights: Weights) {
    dSum = maximum.backward(dOutput, weights: weights)
    let dInput = dInputBuffer.reserve(rows: input.rows, columns: input.columns)
    dInput.setProduct(dSum, weights.packed(encoder.weight))
    dTable = tableBuffer.reserve(rows: encoder.characters.rows, columns: encoder.characters.columns)
    dTable.fill(0)
    for j in seen.indices { dTable.addRows(of: dInput.columns(columns(j)), at: seen[j].indices) }
  }

  /// The columns of the input that hold place j of the windows.
  private func columns(_ j: Int) -> Range<Int> {
    let size = encoder.characters.columns
    return j * size..<(j + 1) * size
  }

  private func look(at characters: Span<Int32>, _ shape: PackedShape) {
    let before = (encoder.width - 1) / 2
    for j in seen.indices {
      seen[j].removeAll()
      for t in shape.steps.indices {
        let u = t + j - before
        for word in 0..<shape.steps[t].count {
          let isInside = u >= 0 && u < shape.lengths[word]
          seen[j].append(
            isInside ? Int(characters[shape.row(sequence: word, step: u)]) : CharacterCNN.padding)
        }
      }
    }
  }

  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    let target = gradient[block.slot]
    switch block.slot.index {
    case encoder.weight.index:
      target.rows(block.rows).setTransposedProduct(
        dSum.columns(block.rows), input, adding: adding, precision: precision)
    case encoder.bias.index: target.setColumnSums(of: dSum, adding: adding)
    case encoder.characters.index:
      let part = dTable.rows(block.rows)
      if adding { target.rows(block.rows).add(part) } else { target.rows(block.rows).copy(from: part) }
    default: preconditionFailure("\(block.slot.name) is not a parameter of this convolution")
    }
  }
}
