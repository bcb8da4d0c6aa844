import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// The recurrent layers against PyTorch's: see `Tests/Golden/recurrent.json`.
@Suite struct RecurrentGoldenTests {
  @Test(arguments: RecurrentCase.all)
  func `outputs, final states and loss are PyTorch's`(golden: RecurrentCase) throws {
    let run = try GoldenRun(golden)
    #expect(run.outputError < 1e-5)
    #expect(abs(run.loss - golden.loss) < 1e-5 * max(1, abs(golden.loss)))
    for layer in 0..<golden.layers {
      #expect(try GoldenRun(golden, depth: layer + 1).finalHiddenError < 1e-5, "layer \(layer)")
    }
  }

  @Test(arguments: RecurrentCase.all)
  func `gradients of weights and inputs are PyTorch's`(golden: RecurrentCase) throws {
    let run = try GoldenRun(golden)
    for (name, expected) in golden.parameterGradients {
      let found = run.network.gradient(of: "rnn." + name)
      #expect(relativeError(of: found, from: expected.values) < 1e-5, "\(name)")
    }
    for (found, expected) in zip(run.inputGradients, golden.inputGradients) {
      #expect(relativeError(of: found, from: expected.values) < 1e-5)
    }
  }

  @Test(arguments: RecurrentCase.all)
  func `a second batch through the same pass leaves nothing of the first`(golden: RecurrentCase) throws {
    let run = try GoldenRun(golden)
    let before = run.network.gradient.flat.elements.map(\.bitPattern)
    run.sweep(length: 1)
    run.sweep()
    #expect(run.network.gradient.flat.elements.map(\.bitPattern) == before && run.outputError < 1e-5)
  }

  @Test func `swapped gates are detected`() throws {
    let golden = try #require(RecurrentCase.all.first { $0.cell == "lstm" })
    let run = try GoldenRun(golden)
    // The rows of i and f change places in one of the weights.
    var weights = golden.parameters.mapValues(\.values)
    let size = golden.hiddenSize
    let bias = try #require(weights["bias_ih_l0"])
    weights["bias_ih_l0"] = Array(bias[size..<2 * size] + bias[..<size] + bias[(2 * size)...])
    run.network.set(Dictionary(uniqueKeysWithValues: weights.map { ("rnn." + $0, $1) }))
    run.sweep()
    #expect(run.outputError > 1e-3)
  }
}

/// A golden case through a stack of layers.
private final class GoldenRun {
  let golden: RecurrentCase
  let network: TestNetwork
  private(set) var outputs: [[Double]] = []
  private(set) var inputGradients: [[Double]] = []
  private let stack: RecurrentStack
  private let pass: any SequencePass

  /// - Parameter depth: the layers to use; all of them unless told.
  init(_ golden: RecurrentCase, depth: Int? = nil) throws {
    self.golden = golden
    var layout = ParameterLayout()
    stack = RecurrentStack(
      name: "rnn", cell: try #require(ReferenceCell(rawValue: golden.cell)).layerCell, inputSize: golden.inputSize,
      hiddenSize: golden.hiddenSize, depth: depth ?? golden.layers, isBidirectional: golden.bidirectional, dropout: 0,
      layout: &layout)
    pass = stack.makePass()
    network = TestNetwork(layout, seed: Seed(1))
    network.set(Dictionary(uniqueKeysWithValues: golden.parameters.map { ("rnn." + $0, $1.values) }))
    sweep()
  }

  /// Forth and back. - Parameter length: cuts all sequences to a length, to leave something behind in the pass.
  func sweep(length: Int = .max) {
    let packed = PackedSequences(lengths: golden.lengths.map { min($0, length) })
    let cut = { (tensor: Tensor, features: Int) in Array(tensor.values.prefix(features * min(length, 1_000))) }
    let input = packed.pack(golden.inputs.map { cut($0, golden.inputSize) }, features: golden.inputSize)
    let probes = packed.pack(golden.probes.map { cut($0, stack.outputSize) }, features: stack.outputSize)
    outputs = packed.unpack(
      pass.forward(
        GatheredRows(input.view), shape: packed.shape, weights: network.weights, mode: .training(seed: Seed(1))))
    inputGradients = packed.unpack(pass.backward(probes.view, weights: network.weights))
    network.accumulate([(pass, stack.gradientBlocks)])
  }

  var outputError: Double {
    zip(outputs, golden.outputs).map { relativeError(of: $0, from: $1.values) }.max() ?? .infinity
  }

  /// Σ outputs · probes.
  var loss: Double {
    zip(outputs, golden.probes).reduce(0) { $0 + zip($1.0, $1.1.values).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// The last state of the forward half and the first of the backward half, of the last layer in use.
  var finalHiddenError: Double {
    let directions = golden.bidirectional ? 2 : 1
    let (size, width) = (golden.hiddenSize, stack.outputSize)
    let first = (stack.layers.count - 1) * directions
    let found = (0..<directions).map { d in
      outputs.flatMap { d == 0 ? $0.suffix(width).prefix(size) : $0[size..<width] }
    }
    return zip(found, golden.finalHidden[first..<first + directions]).map { relativeError(of: $0, from: $1.values) }
      .max() ?? .infinity
  }
}
