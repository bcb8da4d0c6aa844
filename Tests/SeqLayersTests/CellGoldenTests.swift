import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// The cells without kernels of their own against `Tests/Golden/lstm_variants.json` and `cells.json`.
@Suite struct CellGoldenTests {
  @Test(arguments: CellCase.all)
  func `outputs, loss and gradients are the golden ones`(golden: CellCase) throws {
    let run = try CellRun(golden)
    #expect(relativeError(of: run.outputs, from: golden.outputs.values) < 1e-5)
    #expect(abs(run.loss - golden.loss) < 1e-5 * max(1, abs(golden.loss)))
    #expect(relativeError(of: run.inputGradients, from: golden.inputGradients.values) < 1e-5)
    #expect(run.network.layout.slots.count == golden.gradients.count)
    for (name, expected) in golden.gradients {
      let found = run.network.gradient(of: "rnn.\(name)_l0")
      #expect(relativeError(of: found, from: expected) < 1e-5, "\(name)")
    }
  }

  @Test func `all the nine LSTMs and the five others are there`() {
    #expect(Set(CellCase.all.map(\.name)).count == 14)
  }

  /// The same sequence in a reverse direction gives the reversed outputs of the reversed sequence.
  @Test(arguments: CellCase.all)
  func `a reversed sequence gives the reverse direction's outputs`(golden: CellCase) throws {
    let run = try CellRun(golden, isReversed: true)
    #expect(relativeError(of: run.outputs, from: golden.outputs.values) < 1e-5)
    for (name, expected) in golden.gradients {
      let found = run.network.gradient(of: "rnn.\(name)_l0_reverse")
      #expect(relativeError(of: found, from: expected) < 1e-5, "\(name)")
    }
  }

  @Test(arguments: CellCase.all)
  func `another parameter is detected`(golden: CellCase) throws {
    for name in golden.values.keys {
      let run = try CellRun(golden, changing: name)
      #expect(relativeError(of: run.outputs, from: golden.outputs.values) > 1e-4, "\(name)")
    }
  }
}

/// A golden case through a layer.
private struct CellRun {
  let network: TestNetwork
  let outputs: [Double]
  let loss: Double
  let inputGradients: [Double]

  /// - Parameters:
  ///   - isReversed: gives the case to the reverse direction, its rows in reverse.
  ///   - name: a parameter of which an element is changed.
  init(_ golden: CellCase, isReversed: Bool = false, changing name: String? = nil) throws {
    let (features, size) = (golden.inputSize, golden.hiddenSize)
    var layout = ParameterLayout()
    let layer = RecurrentLayer(
      name: "rnn", cell: try #require(ReferenceCell(rawValue: golden.name)).layerCell, inputSize: features,
      hiddenSize: size, isBidirectional: isReversed, layout: &layout)
    network = TestNetwork(layout, seed: Seed(1))
    var values: [String: [Double]] = [:]
    for direction in isReversed ? ["l0", "l0_reverse"] : ["l0"] {
      for (key, value) in golden.values { values["rnn.\(key)_\(direction)"] = value }
    }
    if let name { values["rnn.\(name)_l0"]?[0] += 0.25 }
    network.set(values)

    func turned(_ rows: [Double], _ width: Int) -> [Double] {
      guard isReversed else { return rows }
      return stride(from: rows.count - width, through: 0, by: -width).flatMap { rows[$0..<$0 + width] }
    }
    let steps = golden.inputs.values.count / features
    let packed = PackedSequences(lengths: [steps])
    let input = packed.pack([turned(golden.inputs.values, features)], features: features)
    let probe = packed.pack([turned(golden.probe.values, size)], features: size)
    let dOutput = TestMatrix(rows: steps, columns: layer.outputSize)
    let first = layer.outputSize - size
    dOutput.view.columns(first..<first + size).copy(from: probe.view)

    let pass = layer.makePass()
    let states = pass.forward(
      GatheredRows(input.view), shape: packed.shape, weights: network.weights, mode: .training(seed: Seed(1)))
    outputs = turned(states.columns(first..<first + size).elements.doubles, size)
    loss = zip(outputs, golden.probe.values).reduce(0) { $0 + $1.0 * $1.1 }
    inputGradients = turned(pass.backward(dOutput.view, weights: network.weights).elements.doubles, features)
    network.accumulate([(pass, layer.gradientBlocks)])
  }
}
