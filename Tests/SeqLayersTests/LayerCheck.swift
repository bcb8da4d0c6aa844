import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// Layers to check: a stack, a pooling or none, and a softmax head.
struct LayerConfiguration: Sendable, CustomTestStringConvertible {
  var cell: ReferenceCell
  var layers = 1
  var isBidirectional = false
  /// nil: every token is labelled.
  var pooling: ReferencePooling?

  var testDescription: String {
    "\(cell) × \(layers)\(isBidirectional ? ", two directions" : ""), \(pooling?.rawValue ?? "tokens")"
  }

  /// Every cell × depth × directions × pooling; of the cells without kernels of their own, one pooling and none, as
  /// `NetworkGradientTests` has them with all.
  static let all: [LayerConfiguration] = {
    var result: [LayerConfiguration] = []
    for cell in ReferenceCell.allCases {
      for layers in 1...2 {
        for isBidirectional in [false, true] {
          for pooling in cell.layerCell is any FusedCell ? [nil] + ReferencePooling.allCases : [nil, .attention] {
            result.append(
              LayerConfiguration(cell: cell, layers: layers, isBidirectional: isBidirectional, pooling: pooling))
          }
        }
      }
    }
    return result
  }()
}

/// The sizes of a check.
struct LayerSizes: Sendable {
  var input: Int
  var hidden: Int
  var classes: Int
  var lengths: [Int]

  /// Small sizes, drawn: up to 5 sequences of up to 6 tokens.
  static func random(_ seed: Seed) -> LayerSizes {
    var random = seed.child("sizes").generator
    return LayerSizes(
      input: random.integer(in: 1...4), hidden: random.integer(in: 1...5), classes: random.integer(in: 2...5),
      lengths: random.lengths(random.integer(in: 1...5), in: 1...6))
  }
}

/// Runs layers forth and back over random sequences, and compares loss and gradients with the reference's finite
/// differences.
struct LayerCheck {
  let configuration: LayerConfiguration
  let sizes: LayerSizes
  private let packed: PackedSequences
  /// [T, I] of each sequence, flat, exact in Float.
  private let inputs: [[Double]]
  /// Of each sequence: one label, or one a token; −1 is none.
  private let labels: [[Int]]
  private let options: LossOptions
  private let seed: Seed

  init(_ configuration: LayerConfiguration, sizes: LayerSizes? = nil, seed: Seed) {
    var random = seed.child("batch").generator
    let sizes = sizes ?? .random(seed)
    self.configuration = configuration
    self.sizes = sizes
    self.seed = seed
    packed = PackedSequences(lengths: sizes.lengths)
    inputs = sizes.lengths.map { random.floats($0 * sizes.input).doubles }
    var labels = sizes.lengths.map { length in
      (0..<(configuration.pooling == nil ? length : 1)).map { _ in random.index(below: sizes.classes) }
    }
    if sizes.lengths.count > 1 { labels[1][0] = -1 }
    self.labels = labels
    let weights = random.floats(sizes.classes, bound: 0.5).map { $0 + 1 }
    options = LossOptions(classWeights: random.index(below: 2) == 0 ? weights : nil)
      .with(\.labelSmoothing, random.index(below: 2) == 0 ? 0.1 : 0)
  }

  /// The differences of loss, inputs and all weights. - Parameters:
  ///   - cell: to run instead of the configuration's, to see that the check can fail.
  ///   - samples: elements of each tensor to compare; nil means all.
  func differences(cell: (any RecurrentCell)? = nil, samples: Int? = nil) -> [GradientDifference] {
    let run = LayerRun(self, cell: cell ?? configuration.cell.layerCell)
    let flat = inputs.flatMap { $0 }
    var parameters = run.network.reference
    parameters["inputs"] = flat
    let loss = referenceLoss(parameters)
    var result = [GradientDifference(name: "loss", found: [run.loss], expected: [loss])]
    for name in parameters.names {
      let found = name == "inputs" ? run.inputGradients : run.network.gradient(of: name)
      var random = seed.child("samples").child(name).generator
      let indices = samples.map { _ in (0..<(samples ?? 0)).map { _ in random.index(below: found.count) } }
      let expected = parameters.finiteDifference(of: name, at: indices, referenceLoss)
      result.append(
        GradientDifference(name: name, found: indices?.map { found[$0] } ?? found, expected: expected))
    }
    return result
  }

  private func referenceLoss(_ parameters: ReferenceParameters) -> Double {
    let network = ReferenceNetwork(
      encoder: ReferenceEncoder(
        cell: configuration.cell, hidden: sizes.hidden, layers: configuration.layers,
        isBidirectional: configuration.isBidirectional),
      pooling: configuration.pooling,
      loss: ReferenceLoss(classWeights: options.classWeights?.doubles, options.numbers))
    let flat = parameters["inputs"]
    var start = 0
    let sequences = sizes.lengths.map { length in
      (0..<length).map { _ in
        defer { start += sizes.input }
        return Vector(flat[start..<start + sizes.input])
      }
    }
    return network.loss(of: sequences, labels: labels, parameters)
  }

  /// One way forth and back through the layers.
  private struct LayerRun {
    let network: TestNetwork
    let loss: Double
    let inputGradients: [Double]

    init(_ check: LayerCheck, cell: any RecurrentCell) {
      let (sizes, packed, shape) = (check.sizes, check.packed, check.packed.shape)
      var layout = ParameterLayout()
      let stack = RecurrentStack(
        name: "rnn", cell: cell, inputSize: sizes.input, hiddenSize: sizes.hidden,
        depth: check.configuration.layers, isBidirectional: check.configuration.isBidirectional, dropout: 0,
        layout: &layout)
      let pooling = check.configuration.pooling?.layer(
        hidden: sizes.hidden, size: stack.outputSize, layout: &layout)
      let head = SoftmaxHead(name: "output", inputSize: stack.outputSize, classes: sizes.classes, layout: &layout)
      network = TestNetwork(layout, seed: check.seed.child("weights"))
      let weights = network.weights

      let input = packed.pack(check.inputs, features: sizes.input)
      let (pass, poolingPass, headPass) = (stack.makePass(), pooling?.makePass(), head.makePass())
      let states = pass.forward(
        GatheredRows(input.view), shape: shape, weights: weights, mode: .training(seed: check.seed))
      let features = poolingPass?.forward(states, shape: shape, weights: weights) ?? states
      _ = headPass.forward(features, weights: weights)
      let labels = pooling == nil ? packed.pack(check.labels) : check.labels.map { Int32($0[0]) }
      let scale = 1 / check.options.denominator(of: labels)
      loss = headPass.loss(labels: labels.span, scale: scale, options: check.options)
      let dFeatures = headPass.backward(weights: weights)
      let dStates = poolingPass?.backward(dFeatures, weights: weights) ?? dFeatures
      inputGradients = packed.unpack(pass.backward(dStates, weights: weights)).flatMap { $0 }

      var parts: [(any GradientSource, [GradientBlock])] = [
        (pass, stack.gradientBlocks), (headPass, head.gradientBlocks),
      ]
      if let pooling, let poolingPass { parts.append((poolingPass, pooling.gradientBlocks)) }
      network.accumulate(parts)
    }
  }
}

extension ReferencePooling {
  /// The same pooling as the layers have it.
  func layer(hidden: Int, size: Int, layout: inout ParameterLayout) -> any Pooling {
    switch self {
    case .last: LastStatePooling(hiddenSize: hidden)
    case .mean: MeanPooling()
    case .max: MaxPooling()
    case .attention: AttentionPooling(name: "attention", size: size, layout: &layout)
    }
  }
}
