import SeqReference
import SeqTestSupport
import Testing

/// The reference must itself be right: here it is held to PyTorch, in double precision.
@Suite struct ReferenceGoldenTests {
  @Test func `a network is made of a config's names, and of those alone`() {
    let network = { (cell: String, connections: String, pooling: String?) in
      ReferenceNetwork(
        cell: cell, activation: "relu", hidden: 3, layers: 2, isBidirectional: true, connections: connections,
        pooling: pooling)
    }
    #expect(network("elman", "none", nil)?.encoder.cell == .elmanReLU)
    #expect(network("mut2", "highway", "max")?.encoder.connection == .highway)
    #expect(network("mut2", "highway", "max")?.pooling == .max && network("mut2", "none", nil)?.pooling == nil)
    #expect(network("mut4", "none", nil) == nil && network("gru", "some", nil) == nil)
    #expect(network("gru", "none", "x") == nil)
  }

  @Test(arguments: RecurrentCase.all)
  func `outputs and loss are PyTorch's`(golden: RecurrentCase) throws {
    let network = try GoldenNetwork(golden)
    let states = network.states(network.parameters)
    for (found, expected) in zip(states, golden.outputs) {
      #expect(largestError(of: found.flatMap { $0 }, from: expected.values) < 1e-8)
    }
    #expect(abs(network.loss(network.parameters) - golden.loss) < 1e-7)
  }

  @Test(arguments: RecurrentCase.all)
  func `finite differences are PyTorch's gradients`(golden: RecurrentCase) throws {
    let network = try GoldenNetwork(golden)
    for (name, expected) in golden.parameterGradients {
      let found = network.parameters.finiteDifference(of: "rnn." + name, network.loss)
      #expect(relativeError(of: found, from: expected.values) < 1e-7, "\(name)")
    }
    for (i, expected) in golden.inputGradients.enumerated() {
      let found = network.parameters.finiteDifference(of: "input\(i)", network.loss)
      #expect(relativeError(of: found, from: expected.values) < 1e-7, "input \(i)")
    }
  }

  @Test(arguments: CRFCase.all)
  func `a chain's partition, score and costs are the golden ones`(golden: CRFCase) {
    let chain = ReferenceChain(
      start: golden.start, transitions: golden.transitions.map(\.values), end: golden.end)
    let emissions = golden.emissions.map(\.values)
    #expect(abs(chain.logPartition(emissions) - golden.logPartition) < 1e-6)
    #expect(abs(chain.score(golden.bestPath, emissions) - golden.bestScore) < 1e-6)
    let costs = chain.costs(of: golden.tags.map(Int.init), emissions)
    #expect(abs(costs.reduce(0, +) - golden.negativeLogLikelihood) < 1e-6)
  }

  @Test(arguments: CellCase.all)
  func `cells and their finite differences are the golden ones`(golden: CellCase) throws {
    let encoder = ReferenceEncoder(
      cell: try #require(ReferenceCell(rawValue: golden.name)), hidden: golden.hiddenSize)
    var tensors = Dictionary(uniqueKeysWithValues: golden.values.map { ("rnn.\($0)_l0", $1) })
    tensors["inputs"] = golden.inputs.values
    let outputs = { (parameters: ReferenceParameters) in
      let flat = parameters["inputs"]
      let rows = stride(from: 0, to: flat.count, by: golden.inputSize)
      return encoder.states(of: rows.map { Vector(flat[$0..<$0 + golden.inputSize]) }, parameters).flatMap { $0 }
    }
    let loss = { (parameters: ReferenceParameters) in
      zip(outputs(parameters), golden.probe.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let parameters = ReferenceParameters(tensors)
    #expect(largestError(of: outputs(parameters), from: golden.outputs.values) < 1e-8)
    #expect(abs(loss(parameters) - golden.loss) < 1e-7)
    var expected = Dictionary(uniqueKeysWithValues: golden.gradients.map { ("rnn.\($0)_l0", $1) })
    expected["inputs"] = golden.inputGradients.values
    for (name, gradient) in expected {
      #expect(relativeError(of: parameters.finiteDifference(of: name, loss), from: gradient) < 1e-7, "\(name)")
    }
  }

  @Test(arguments: CrossEntropyCase.all)
  func `cross-entropy and its gradient are PyTorch's`(golden: CrossEntropyCase) {
    let loss = ReferenceLoss(classWeights: golden.classWeights, ["labelSmoothing": golden.labelSmoothing])
    let logits = golden.logits.map(\.values)
    let classes = logits[0].count
    let mean = { (parameters: ReferenceParameters) in
      let flat = parameters["logits"]
      let rows = logits.indices.map { Vector(flat[$0 * classes..<($0 + 1) * classes]) }
      return loss.mean(rows, labels: golden.labels.map(Int.init))
    }
    let parameters = ReferenceParameters(["logits": logits.flatMap { $0 }])
    #expect(abs(mean(parameters) - golden.meanLoss) < 1e-8 * golden.meanLoss)
    let found = parameters.finiteDifference(of: "logits", mean)
    #expect(largestError(of: found, from: golden.gradient.flatMap(\.values)) < 1e-6)
  }
}

/// A golden case as a reference network; its inputs are parameters too, so that one rule differentiates both.
private struct GoldenNetwork {
  let golden: RecurrentCase
  let encoder: ReferenceEncoder
  let parameters: ReferenceParameters

  init(_ golden: RecurrentCase) throws {
    self.golden = golden
    encoder = ReferenceEncoder(
      cell: try #require(ReferenceCell(rawValue: golden.cell)), hidden: golden.hiddenSize, layers: golden.layers,
      isBidirectional: golden.bidirectional)
    var tensors = Dictionary(uniqueKeysWithValues: golden.parameters.map { ("rnn." + $0, $1.values) })
    for (i, input) in golden.inputs.enumerated() { tensors["input\(i)"] = input.values }
    parameters = ReferenceParameters(tensors)
  }

  func states(_ parameters: ReferenceParameters) -> [[Vector]] {
    golden.lengths.indices.map { i in
      let flat = parameters["input\(i)"]
      let rows = stride(from: 0, to: flat.count, by: golden.inputSize).map { Vector(flat[$0..<$0 + golden.inputSize]) }
      return encoder.states(of: rows, parameters)
    }
  }

  func loss(_ parameters: ReferenceParameters) -> Double {
    zip(states(parameters), golden.probes).reduce(0) { total, pair in
      total + zip(pair.0.flatMap { $0 }, pair.1.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
