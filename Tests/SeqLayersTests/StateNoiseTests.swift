import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// Dropout of states and zoneout: with the masks known, the gradients must be those of the reference with the same masks.
@Suite struct StateNoiseTests {
  static let fused: [ReferenceCell] = [.elmanTanh, .elmanReLU, .elmanSigmoid, .lstm, .gru]

  @Test(arguments: ReferenceCell.allCases, [false, true])
  func `gradients through dropout of states`(cell: ReferenceCell, isBidirectional: Bool) {
    check(cell, isBidirectional, StateNoise(dropout: 0.4))
  }

  @Test(arguments: fused, [false, true])
  func `gradients through zoneout`(cell: ReferenceCell, isBidirectional: Bool) {
    check(cell, isBidirectional, StateNoise(zoneout: 0.3))
  }

  @Test(arguments: fused, [false, true])
  func `gradients through both`(cell: ReferenceCell, isBidirectional: Bool) {
    check(cell, isBidirectional, StateNoise(dropout: 0.5, zoneout: 0.4))
  }

  @Test func `other masks are detected`() {
    for noise in [StateNoise(dropout: 0.4), StateNoise(zoneout: 0.3)] {
      let right = NoiseCheck(.lstm, isBidirectional: true, noise, seed: Seed(5))
      #expect(right.differences(seed: Seed(6)).contains { $0.relativeError > 1e-3 })
    }
  }

  @Test(arguments: fused)
  func `inference drops nothing, and is in the mean between with zoneout`(cell: ReferenceCell) {
    let dropped = NoiseCheck(cell, isBidirectional: false, StateNoise(dropout: 0.5), seed: Seed(5))
    let plain = NoiseCheck(cell, isBidirectional: false, StateNoise(), seed: Seed(5))
    #expect(dropped.outputs(.inference) == plain.outputs(.inference))
    let zoned = NoiseCheck(cell, isBidirectional: false, StateNoise(zoneout: 0.25), seed: Seed(5))
    let expected = zoned.expectedInference(zone: 0.25)
    for (a, b) in zip(zoned.outputs(.inference), expected) { #expect(abs(a - b) < 1e-5) }
  }

  private func check(_ cell: ReferenceCell, _ isBidirectional: Bool, _ noise: StateNoise) {
    let check = NoiseCheck(cell, isBidirectional: isBidirectional, noise, seed: Seed(7))
    for difference in check.differences(seed: Seed(7)) {
      #expect(difference.relativeError < 5e-5, "\(difference.name)")
    }
  }
}

/// One layer with noise; the loss is Σ outputs · probes.
private struct NoiseCheck {
  private let encoder: ReferenceEncoder
  private let stack: RecurrentStack
  private let network: TestNetwork
  private let noise: StateNoise
  private let packed = PackedSequences(lengths: [5, 3, 3, 1])
  private let inputs: [[Double]]
  private let probes: [[Double]]
  private let inputGradients: [[Double]]
  private let size = 4

  init(_ cell: ReferenceCell, isBidirectional: Bool, _ noise: StateNoise, seed: Seed) {
    var layout = ParameterLayout()
    stack = RecurrentStack(
      name: "rnn", cell: cell.layerCell, inputSize: 4, hiddenSize: size, depth: 1, isBidirectional: isBidirectional,
      dropout: 0, noise: noise, layout: &layout)
    self.noise = noise
    encoder = ReferenceEncoder(cell: cell, hidden: size, isBidirectional: isBidirectional)
    network = TestNetwork(layout, seed: Seed(89))
    var random = Seed(97).generator
    inputs = packed.shape.lengths.map { random.floats($0 * 4).doubles }
    probes = packed.shape.lengths.map { [stack] in random.floats($0 * stack.outputSize).doubles }
    let (input, dOutput) = (packed.pack(inputs, features: 4), packed.pack(probes, features: stack.outputSize))
    let pass = stack.makePass()
    _ = pass.forward(
      GatheredRows(input.view), shape: packed.shape, weights: network.weights, mode: .training(seed: seed))
    inputGradients = packed.unpack(pass.backward(dOutput.view, weights: network.weights))
    network.accumulate([(pass, stack.gradientBlocks)])
  }

  func outputs(_ mode: Mode) -> [Double] {
    let input = packed.pack(inputs, features: 4)
    let pass = stack.makePass()
    return packed.unpack(
      pass.forward(GatheredRows(input.view), shape: packed.shape, weights: network.weights, mode: mode)
    ).flatMap { $0 }
  }

  /// What the reference gives if units are partly kept.
  func expectedInference(zone: Double) -> [Double] {
    inputs.flatMap { flat in
      var encoder = encoder
      let zones = (0..<flat.count / 4).map { _ in Vector(repeating: zone, count: size) }
      encoder.noise["l0"] = ReferenceNoise(hiddenZones: zones, cellZones: zones)
      return encoder.states(of: rows(flat), network.reference).flatMap { $0 }
    }
  }

  /// - Parameter seed: of the masks that the reference is given.
  func differences(seed: Seed) -> [GradientDifference] {
    var parameters = network.reference
    for (i, input) in inputs.enumerated() { parameters["input\(i)"] = input }
    let encoders = inputs.indices.map { encoder(ofSequence: $0, seed) }
    let loss = { (parameters: ReferenceParameters) in
      probes.enumerated().reduce(0) { total, sequence in
        let outputs = encoders[sequence.offset].states(of: rows(parameters["input\(sequence.offset)"]), parameters)
        return total + zip(outputs.flatMap { $0 }, sequence.element).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    return parameters.names.map { name in
      let input = inputs.indices.first { name == "input\($0)" }
      return GradientDifference(
        name: name, found: input.map { inputGradients[$0] } ?? network.gradient(of: name),
        expected: parameters.finiteDifference(of: name, loss))
    }
  }

  private func rows(_ flat: [Double]) -> [Vector] {
    stride(from: 0, to: flat.count, by: 4).map { Vector(flat[$0..<$0 + 4]) }
  }

  /// The reference with the masks of a sequence, which are drawn as the layer does.
  private func encoder(ofSequence s: Int, _ seed: Seed) -> ReferenceEncoder {
    var encoder = encoder
    for suffix in stack.layers[0].directions.count == 2 ? ["l0", "l0_reverse"] : ["l0"] {
      let own = seed.child("rnn.weight_hh_\(suffix)")
      var masks = ReferenceNoise()
      if noise.dropout > 0 {
        masks.factors = drawn(rows: packed.shape.sequences, rate: noise.dropout, own).row(s).doubles
      }
      if noise.zoneout > 0 {
        let zones = (0..<2).map { i -> [Vector] in
          let all = drawn(rows: packed.shape.rows, rate: noise.zoneout, own.child("zoneout", i))
          let steps = (0..<packed.shape.lengths[s]).map { t in
            all.row(packed.shape.row(sequence: s, step: t)).map { $0 == 0 ? 1.0 : 0.0 }
          }
          return suffix == "l0" ? steps : steps.reversed()
        }
        (masks.hiddenZones, masks.cellZones) = (zones[0], zones[1])
      }
      encoder.noise[suffix] = masks
    }
    return encoder
  }

  private func drawn(rows: Int, rate: Double, _ seed: Seed) -> Mask {
    let mask = TestMatrix(rows: rows, columns: size)
    let ones = TestMatrix(rows: rows, columns: size, [Float](repeating: 1, count: rows * size))
    ones.view.setDropout(of: ones.view, rate: Float(rate), seed: seed.value, mask: mask.view)
    return Mask(elements: mask.view.elements, columns: size)
  }

  private struct Mask {
    let elements: [Float]
    let columns: Int
    func row(_ r: Int) -> [Float] { Array(elements[r * columns..<(r + 1) * columns]) }
  }
}
