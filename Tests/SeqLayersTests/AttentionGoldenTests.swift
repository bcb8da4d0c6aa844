import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// Attention over one memory against PyTorch's values, and the reference held to them as well.
@Suite struct AttentionGoldenTests {
  @Test(arguments: AttentionCase.all)
  func `weights, contexts and gradients are PyTorch's`(golden: AttentionCase) throws {
    let run = try AttentionGoldenRun(golden)
    #expect(largestError(of: run.weights, from: golden.weights.flatMap(\.values)) < 1e-6)
    #expect(largestError(of: run.contexts, from: golden.contexts.flatMap(\.values)) < 2e-6)
    for (name, expected) in golden.gradients {
      let found = try #require(run.gradients[name])
      #expect(relativeError(of: found, from: expected.values) < 5e-6, "\(name)")
    }
    #expect(run.gradients.count == golden.gradients.count)
  }

  @Test(arguments: AttentionCase.all)
  func `so are the reference's`(golden: AttentionCase) throws {
    let attention = try #require(ReferenceAttention(rawValue: golden.kind))
    var tensors = ["queries": golden.queries, "memory": golden.memory].mapValues { $0.flatMap(\.values) }
    for (name, values) in golden.parameters { tensors["a." + AttentionCase.names[name]!] = values.values }
    let parameters = ReferenceParameters(tensors)
    let (width, height) = (golden.memory[0].values.count, golden.queries[0].values.count)
    let probe = golden.probe.flatMap(\.values)
    func rows(_ values: [Double], _ columns: Int) -> [Vector] {
      stride(from: 0, to: values.count, by: columns).map { Vector(values[$0..<$0 + columns]) }
    }
    func contexts(_ parameters: ReferenceParameters) -> [Double] {
      let memory = rows(parameters["memory"], width)
      return rows(parameters["queries"], height).flatMap {
        attention.context(of: $0, over: memory, prefix: "a", parameters).context
      }
    }
    #expect(largestError(of: contexts(parameters), from: golden.contexts.flatMap(\.values)) < 1e-7)
    for (name, expected) in golden.gradients {
      let own = AttentionCase.names[name].map { "a." + $0 } ?? name
      let found = parameters.finiteDifference(of: own) { zip(contexts($0), probe).reduce(0) { $0 + $1.0 * $1.1 } }
      #expect(relativeError(of: found, from: expected.values) < 1e-6, "\(name)")
    }
  }
}

extension AttentionCase {
  /// What the file calls one of our parameters.
  fileprivate func name(of slot: String) -> String? {
    parameters.keys.first { Self.names[$0].map { "a." + $0 } == slot }
  }
}

/// A case of `attention.json` through the layer, in one sequence.
private struct AttentionGoldenRun {
  var weights: [Double] = []
  var contexts: [Double] = []
  var gradients: [String: [Double]] = [:]

  init(_ golden: AttentionCase) throws {
    let (height, width) = (golden.queries[0].values.count, golden.memory[0].values.count)
    var layout = ParameterLayout()
    let attention = Attention(
      name: "a", score: try #require(AttentionScore(rawValue: golden.kind)), querySize: height, memorySize: width,
      size: golden.parameters["v"]?.values.count ?? 0, layout: &layout)
    let vector = ParameterVector(layout)
    for slot in layout.slots {
      let name = try #require(golden.name(of: slot.name))
      vector[slot].copy(from: try #require(golden.parameters[name]).values.map { Float($0) })
    }
    let packed = Weights(vector, training: true)
    packed.refresh(WorkerTeam(width: 1))
    func matrix(_ rows: [Tensor]) -> TestMatrix {
      TestMatrix(
        rows: rows.count, columns: rows[0].values.count, rows.flatMap(\.values).map { Float($0) })
    }
    let (queries, memory, probe) = (matrix(golden.queries), matrix(golden.memory), matrix(golden.probe))
    let count = golden.queries.count
    let index = AttentionMemory()
    index.set(PackedShape(lengths: [golden.memory.count]))
    let sequences = IndexBuffer()
    for _ in 0..<count { sequences.append(0) }
    let found = TestMatrix(rows: count, columns: width)
    let pass = attention.makePass()
    pass.begin(memory.view, index: index, queries: queries.view, weights: packed)
    pass.forward(0..<count, sequences: sequences.indices, into: found.view, weights: packed)
    weights = (0..<count).flatMap { pass.weights(ofRow: $0, sequence: 0).map(Double.init) }
    contexts = found.view.elements.doubles
    let dQueries = TestMatrix(rows: count, columns: height, [Float](repeating: 0, count: count * height))
    pass.beginBackward()
    pass.backward(
      0..<count, sequences: sequences.indices, contexts: found.view, dContexts: probe.view,
      addingTo: dQueries.view, weights: packed)
    gradients["memory"] = pass.endBackward(weights: packed).elements.doubles
    gradients["queries"] = dQueries.view.elements.doubles
    let gradient = ParameterVector(layout)
    for block in attention.gradientBlocks { pass.accumulate(block, into: gradient, adding: false) }
    for slot in layout.slots {
      let name = try #require(golden.name(of: slot.name))
      gradients[name] = gradient[slot].elements.doubles
    }
    withExtendedLifetime((queries, memory, probe, found, dQueries, gradient, vector)) {}
  }
}
