import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

@Suite struct DropoutTests {
  private let mode = Mode.training(seed: Seed(79))

  @Test func `training multiplies by factors, and backward by the same`() {
    var random = Seed(83).generator
    let values = random.floats(5 * 7)
    let factors = dropoutFactors(rows: 5, columns: 7, rate: 0.4, name: "input", mode: mode)
    let pass = DropoutPass(rate: 0.4, name: "input")
    let input = TestMatrix(rows: 5, columns: 7, values)
    let dOutput = TestMatrix(rows: 5, columns: 7, values.reversed())
    #expect(pass.forward(input.view, mode: mode).elements == zip(values, factors).map { $0 * $1 })
    pass.backward(dOutput.view)
    #expect(dOutput.view.elements == zip(values.reversed(), factors).map { $0 * $1 })
    #expect(factors.contains(0) && factors.contains(1 / 0.6) && input.view.elements == values)
  }

  @Test func `inference and a rate of 0 change nothing, backward too`() {
    let input = TestMatrix(rows: 2, columns: 3, [1, 2, 3, 4, 5, 6])
    let pass = DropoutPass(rate: 0.5, name: "input")
    _ = pass.forward(input.view, mode: mode)
    for (pass, mode) in [(pass, Mode.inference), (DropoutPass(rate: 0, name: "input"), mode)] {
      let dOutput = TestMatrix(rows: 2, columns: 3, [6, 5, 4, 3, 2, 1])
      #expect(pass.forward(input.view, mode: mode).elements == [1, 2, 3, 4, 5, 6])
      pass.backward(dOutput.view)
      #expect(dOutput.view.elements == [6, 5, 4, 3, 2, 1])
    }
  }

  @Test func `locked, a sequence has the same factors at all steps, and another has others`() {
    let shape = PackedShape(lengths: [4, 2, 1])
    let ones = TestMatrix(rows: 7, columns: 9, [Float](repeating: 1, count: 63))
    let pass = DropoutPass(rate: 0.5, name: "input", isLocked: true)
    let factors = pass.forward(ones.view, shape: shape, mode: mode)
    for s in 0..<3 {
      for t in 0..<shape.lengths[s] { #expect(factors.row(shape.row(sequence: s, step: t)) == factors.row(s)) }
    }
    #expect(factors.row(0) != factors.row(1) && Set(factors.elements) == [0, 2])
    let dOutput = TestMatrix(rows: 7, columns: 9, [Float](repeating: 3, count: 63))
    pass.backward(dOutput.view)
    #expect(dOutput.view.elements == factors.elements.map { 3 * $0 })
    // Of rows that are no steps, each has its own.
    #expect(pass.forward(ones.view, mode: mode).row(3) != factors.row(0))
  }

  @Test func `another name or seed draws other factors`() {
    let factors = { (name: String, seed: UInt64) in
      dropoutFactors(rows: 9, columns: 9, rate: 0.5, name: name, mode: .training(seed: Seed(seed)))
    }
    #expect(factors("input", 1) == factors("input", 1))
    #expect(factors("input", 1) != factors("output", 1) && factors("input", 1) != factors("input", 2))
  }

  /// The dropout between two layers, with its factors known: the gradients must be those of
  /// layer 1 (factors · layer 0 (x)).
  @Test(arguments: ReferenceCell.allCases, [false, true])
  func `gradients through dropout between layers`(cell: ReferenceCell, isBidirectional: Bool) {
    let check = DropoutCheck(cell, isBidirectional: isBidirectional, mode: mode)
    for difference in check.differences(factors: check.factors) {
      #expect(difference.relativeError < 5e-5, "\(difference.name)")
    }
  }

  @Test func `other factors are detected`() {
    let check = DropoutCheck(.lstm, isBidirectional: true, mode: mode)
    #expect(check.differences(factors: check.factors.reversed()).contains { $0.relativeError > 1e-3 })
  }
}

/// What dropout of this name and mode multiplies by: what it makes of ones.
private func dropoutFactors(rows: Int, columns: Int, rate: Double, name: String, mode: Mode) -> [Float] {
  let ones = TestMatrix(rows: rows, columns: columns, [Float](repeating: 1, count: rows * columns))
  let pass = DropoutPass(rate: rate, name: name)
  return pass.forward(ones.view, mode: mode).elements
}

/// Two layers with dropout of one half between them; the loss is Σ outputs · probes.
private struct DropoutCheck {
  let factors: [Float]
  private let encoder: ReferenceEncoder
  private let network: TestNetwork
  private let packed = PackedSequences(lengths: [4, 2, 1])
  private let inputs: [[Double]]
  private let probes: [[Double]]
  private let inputGradients: [[Double]]

  init(_ cell: ReferenceCell, isBidirectional: Bool, mode: Mode) {
    var layout = ParameterLayout()
    let stack = RecurrentStack(
      name: "rnn", cell: cell.layerCell, inputSize: 3, hiddenSize: 4, depth: 2, isBidirectional: isBidirectional,
      dropout: 0.5, layout: &layout)
    encoder = ReferenceEncoder(cell: cell, hidden: 4, layers: 2, isBidirectional: isBidirectional)
    network = TestNetwork(layout, seed: Seed(89))
    factors = dropoutFactors(
      rows: packed.shape.rows, columns: stack.outputSize, rate: 0.5, name: "between0", mode: mode)
    var random = Seed(97).generator
    inputs = packed.shape.lengths.map { random.floats($0 * 3).doubles }
    probes = packed.shape.lengths.map { random.floats($0 * stack.outputSize).doubles }

    let (input, dOutput) = (packed.pack(inputs, features: 3), packed.pack(probes, features: stack.outputSize))
    let pass = stack.makePass()
    _ = pass.forward(GatheredRows(input.view), shape: packed.shape, weights: network.weights, mode: mode)
    inputGradients = packed.unpack(pass.backward(dOutput.view, weights: network.weights))
    network.accumulate([(pass, stack.gradientBlocks)])
  }

  func differences(factors: [Float]) -> [GradientDifference] {
    var parameters = network.reference
    for (i, input) in inputs.enumerated() { parameters["input\(i)"] = input }
    let loss = { (parameters: ReferenceParameters) in referenceLoss(parameters, factors) }
    return parameters.names.map { name in
      let input = inputs.indices.first { name == "input\($0)" }
      return GradientDifference(
        name: name, found: input.map { inputGradients[$0] } ?? network.gradient(of: name),
        expected: parameters.finiteDifference(of: name, loss))
    }
  }

  private func referenceLoss(_ parameters: ReferenceParameters, _ factors: [Float]) -> Double {
    probes.enumerated().reduce(0) { total, sequence in
      let flat = parameters["input\(sequence.offset)"]
      let rows = stride(from: 0, to: flat.count, by: 3).map { Vector(flat[$0..<$0 + 3]) }
      let below = encoder.layer(0, rows, parameters)
      let dropped = below.enumerated().map { t, h in
        let row = packed.shape.row(sequence: sequence.offset, step: t)
        return h.indices.map { h[$0] * Double(factors[row * h.count + $0]) }
      }
      let outputs = encoder.layer(1, dropped, parameters).flatMap { $0 }
      return total + zip(outputs, sequence.element).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
