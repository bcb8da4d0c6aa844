public import SeqCore
import SeqTensor

extension CustomCell {
  /// What is wrong with what the cell says of itself; nil for nothing.
  package var fault: String? {
    if name.isEmpty || !name.utf8.allSatisfy(Self.isOfNames) {
      return "its name may have lower-case letters, digits and hyphens"
    }
    if gates.isEmpty || Set(gates).count < gates.count { return "it needs gates, each with a name of its own" }
    if !(0...gates.count).contains(recurrentGates) {
      return "recurrentGates is \(recurrentGates), expected 0 to \(gates.count)"
    }
    if memories < 0 || scratches < 0 { return "memories and scratches cannot be negative" }
    if carriesMemory, memories == 0 { return "carriesMemory needs a memory" }
    return weightFault
  }

  private var weightFault: String? {
    var names: Set = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
    for weight in weights {
      if weight.name.isEmpty || !names.insert(weight.name).inserted {
        return "its weight \"\(weight.name)\" needs a name of its own"
      }
      for rows in [weight.gradient, weight.factor].compactMap({ $0 }) where !has(rows) {
        return "the gradient of its weight \"\(weight.name)\" is computed from \(rows), which it has not"
      }
    }
    return nil
  }

  private func has(_ rows: CellWeight.Rows) -> Bool {
    switch rows {
    case .gate(let index): gates.indices.contains(index)
    case .memory(let index): (0..<memories).contains(index)
    case .previousHidden: true
    case .previousMemory: carriesMemory
    }
  }

  private static func isOfNames(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Compares `backward` with `forward`, for your tests: below 0.001 if they belong together. Functions with a kink, such as
  /// that of ReLU, may give more.
  ///
  /// A small layer of two directions reads random sequences, and each number of the gradient is compared with finite
  /// differences.
  ///
  /// - Parameters:
  ///   - units: of a direction.
  ///   - seed: of the weights and inputs.
  /// - Returns: the largest difference, as a share of the largest number of the same tensor's gradient.
  /// - Throws: `.data` if what the cell says of itself is contradictory.
  public func gradientError(units: Int = 5, seed: UInt64 = 1) throws(SeqError) -> Double {
    if let fault { throw .data("the cell \"\(name)\": \(fault)", at: Place()) }
    return GradientProbe(OwnCell(self), units: units, seed: Seed(seed)).error()
  }
}

/// A small layer around a cell, whose loss is a random weighted sum of its output.
private struct GradientProbe {
  private let layer: RecurrentLayer
  private let pass: any SequencePass
  private let weights: Weights
  private let team = WorkerTeam(width: 1)
  private let shape = PackedShape(lengths: [4, 3, 3, 1])
  /// What the matrices are views of.
  private let inputBuffer = FloatBuffer(), factorBuffer = FloatBuffer(), gradientBuffer = FloatBuffer()
  private let input: Matrix, factors: Matrix

  init(_ cell: OwnCell, units: Int, seed: Seed) {
    var layout = ParameterLayout()
    layer = RecurrentLayer(
      name: "rnn", cell: cell, inputSize: units + 1, hiddenSize: units, isBidirectional: true, layout: &layout)
    pass = layer.makePass(team)
    let vector = ParameterVector(layout)
    weights = Weights(vector, training: true)
    input = inputBuffer.reserve(rows: shape.rows, columns: layer.inputSize)
    factors = factorBuffer.reserve(rows: shape.rows, columns: layer.outputSize)
    var random = seed.generator
    for matrix in [vector.flat, input, factors] {
      matrix.copy(from: (0..<matrix.count).map { _ in Float(random.uniform() * 2 - 1) * 0.8 })
    }
  }

  /// The largest difference, relative to the tensor's largest number.
  func error() -> Double {
    _ = loss()
    let dOutput = gradientBuffer.reserve(rows: factors.rows, columns: factors.columns)
    dOutput.copy(from: factors)
    let dInput = pass.backward(dOutput, weights: weights)
    let gradient = ParameterVector(weights.vector.layout)
    for block in layer.gradientBlocks { pass.accumulate(block, into: gradient, adding: false) }
    var tensors = [(values: input, found: dInput.elements)]
    for slot in weights.vector.layout.slots {
      tensors.append((values: weights[slot], found: gradient[slot].elements))
    }
    return tensors.reduce(0) { max($0, difference($1.found, at: $1.values)) }
  }

  private func difference(_ found: [Float], at values: Matrix) -> Double {
    var (largest, difference) = (1e-3, 0.0)
    for (i, found) in found.enumerated() {
      let expected = slope(values, i / values.columns, i % values.columns)
      largest = max(largest, abs(expected))
      // What is no number is as wrong as can be.
      difference = found.isFinite ? max(difference, abs(Double(found) - expected)) : .infinity
      if difference == .infinity { break }
    }
    return difference / largest
  }

  /// The central difference of four points, whose error is of the fourth order.
  private func slope(_ values: Matrix, _ row: Int, _ column: Int) -> Double {
    let (value, step) = (values[row, column], Float(0.05))
    defer { values[row, column] = value }
    func loss(_ distance: Float) -> Double {
      values[row, column] = value + distance * step
      return self.loss()
    }
    return (8 * (loss(1) - loss(-1)) - (loss(2) - loss(-2))) / (12 * Double(step))
  }

  private func loss() -> Double {
    weights.refresh(team)
    let output = pass.forward(GatheredRows(input), shape: shape, weights: weights, mode: .training(seed: Seed(1)))
    var sum = 0.0
    for row in 0..<output.rows {
      for column in 0..<output.columns { sum += Double(output[row, column]) * Double(factors[row, column]) }
    }
    return sum
  }
}
