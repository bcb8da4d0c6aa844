import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// The Jordan network against PyTorch's and against finite differences.
@Suite struct JordanTests {
  @Test(arguments: JordanCase.all)
  func `scores, loss and gradients are PyTorch's`(golden: JordanCase) throws {
    let classes = golden.parameters["c"]?.values.count ?? 0
    let features = golden.inputs.values.count / golden.labels.count
    let hidden = golden.parameters["b"]?.values.count ?? 0
    var layout = ParameterLayout()
    let layer = JordanLayer(
      name: "rnn", inputSize: features, hiddenSize: hidden, classes: classes,
      feedback: golden.feedback == "linear" ? .linear : .softmax, isBidirectional: false, layout: &layout)
    let network = TestNetwork(layout, seed: Seed(1))
    let names = ["U": "weight_ih", "W": "weight_yh", "b": "bias_h", "V": "weight_hy", "c": "bias_y"]
    network.set(
      Dictionary(uniqueKeysWithValues: golden.parameters.map { ("rnn.\(names[$0] ?? "")_l0", $1.values) }))
    let packed = PackedSequences(lengths: [golden.labels.count])
    let input = packed.pack([golden.inputs.values], features: features)
    let (pass, head) = (layer.makePass(), SoftmaxHead(summing: 1, classes: classes).makePass())
    let states = pass.forward(
      GatheredRows(input.view), shape: packed.shape, weights: network.weights, mode: .training(seed: Seed(1)))
    #expect(relativeError(of: packed.unpack(states)[0], from: golden.logits.values) < 1e-5)
    _ = head.forward(states, weights: network.weights)
    let loss = head.loss(labels: golden.labels.span, scale: 1, options: LossOptions())
    #expect(abs(loss - golden.loss) < 1e-5 * golden.loss)
    let dInput = packed.unpack(pass.backward(head.backward(weights: network.weights), weights: network.weights))
    #expect(relativeError(of: dInput[0], from: golden.inputGradients.values) < 1e-5)
    network.accumulate([(pass, layer.gradientBlocks)])
    for (name, expected) in golden.parameterGradients {
      let found = network.gradient(of: "rnn.\(names[name] ?? "")_l0")
      #expect(relativeError(of: found, from: expected.values) < 1e-5, "\(name)")
    }
  }

  @Test(arguments: 0..<24)
  func `gradients of any shape are those of finite differences`(trial: Int) {
    let trial = JordanTrial(Seed(211).child("trial", trial))
    for difference in trial.differences() {
      #expect(difference.relativeError < 5e-5, "\(trial.description): \(difference.name)")
    }
  }
}

/// A drawn Jordan stack over drawn sequences.
private struct JordanTrial: CustomStringConvertible {
  let depth: Int
  let isBidirectional: Bool
  let isLinear: Bool
  let isForced: Bool
  private let (features, hidden, classes): (Int, Int, Int)
  private let packed: PackedSequences
  private let inputs: [[Double]]
  private let labels: [[Int]]
  private let seed: Seed

  var description: String {
    "depth \(depth), \(isBidirectional ? 2 : 1) directions, \(isLinear ? "linear" : "softmax"), forced \(isForced)"
  }

  init(_ seed: Seed) {
    var random = seed.generator
    self.seed = seed
    depth = random.integer(in: 1...3)
    isBidirectional = random.index(below: 2) == 0
    isLinear = random.index(below: 2) == 0
    isForced = random.index(below: 2) == 0
    (features, hidden, classes) = (
      random.integer(in: 1...4), random.integer(in: 1...4), random.integer(in: 2...4)
    )
    let lengths = random.lengths(random.integer(in: 1...5), in: 1...6)
    packed = PackedSequences(lengths: lengths)
    var inputs: [[Double]] = []
    for length in lengths { inputs.append(random.floats(length * features).doubles) }
    self.inputs = inputs
    let count = classes
    labels = lengths.map { length in (0..<length).map { _ in random.index(below: count + 1) - 1 } }
  }

  func differences() -> [GradientDifference] {
    var layout = ParameterLayout()
    let stack = JordanStack(
      name: "rnn", inputSize: features, hiddenSize: hidden, depth: depth, classes: classes,
      feedback: isLinear ? .linear : .softmax, isBidirectional: isBidirectional, between: 0, output: 0, layout: &layout)
    let network = TestNetwork(layout, seed: seed)
    let input = packed.pack(inputs, features: features)
    let pass = stack.makePass()
    let head = SoftmaxHead(summing: isBidirectional ? 2 : 1, classes: classes).makePass()
    let rows = packed.pack(labels)
    if isForced { (pass as? any TeacherForcedPass)?.setTeacher(rows.span) }
    let states = pass.forward(
      GatheredRows(input.view), shape: packed.shape, weights: network.weights, mode: .training(seed: seed))
    _ = head.forward(states, weights: network.weights)
    let known = Double(rows.count { $0 >= 0 })
    let loss = head.loss(labels: rows.span, scale: known > 0 ? 1 / known : 0, options: LossOptions())
    let dInput = packed.unpack(pass.backward(head.backward(weights: network.weights), weights: network.weights))
    network.accumulate([(pass, stack.gradientBlocks)])
    guard known > 0 else { return [] }
    return compare(network, loss: loss, dInput: dInput.flatMap { $0 })
  }

  private func compare(_ network: TestNetwork, loss: Double, dInput: [Double]) -> [GradientDifference] {
    var parameters = network.reference
    parameters["inputs"] = inputs.flatMap { $0 }
    var result = [GradientDifference(name: "loss", found: [loss], expected: [referenceLoss(parameters)])]
    for name in parameters.names {
      result.append(
        GradientDifference(
          name: name, found: name == "inputs" ? dInput : network.gradient(of: name),
          expected: parameters.finiteDifference(of: name, referenceLoss)))
    }
    return result
  }

  private func referenceLoss(_ parameters: ReferenceParameters) -> Double {
    let lower = ReferenceEncoder(cell: .elmanTanh, hidden: hidden, layers: depth - 1, isBidirectional: isBidirectional)
    let top = ReferenceJordan(index: depth - 1, isLinear: isLinear, isBidirectional: isBidirectional)
    var start = 0
    var scores: [Vector] = []
    for sequence in labels {
      let rows = sequence.indices.map { _ in
        defer { start += features }
        return Vector(parameters["inputs"][start..<start + features])
      }
      let states = lower.states(of: rows, parameters)
      scores += top.states(of: states, teacher: isForced ? sequence : nil, parameters).map { top.scores($0) }
    }
    return ReferenceLoss().mean(scores, labels: labels.flatMap { $0 })
  }
}
