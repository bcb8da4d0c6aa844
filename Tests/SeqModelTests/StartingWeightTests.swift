import SeqCore
import SeqLayers
import SeqModel
import SeqTensor
import Testing

/// Where the weights of a network start.
@Suite struct StartingWeightTests {
  @Test(arguments: CellKind.allCases)
  func `the bias of a forget gate is raised, and nothing else`(cell: CellKind) {
    let (plain, raised) = (start(cell, forgetBias: 0), start(cell, forgetBias: 1))
    #expect(plain.keys == raised.keys)
    var places: [String: [Int]] = [:]
    for (name, numbers) in plain {
      guard let others = raised[name] else { continue }
      for i in numbers.indices where others[i] != numbers[i] {
        #expect(others[i] == numbers[i] + 1, "\(name)")
        places[name, default: []].append(i)
      }
    }
    guard cell.hasForgetBias else { return #expect(places.isEmpty) }
    let bias = cell == .lstmLayerNorm ? "bias" : "bias_ih"
    let first = cell == .lstmNIG ? 0 : 3  // the gates are i, f, g, o; the input gate may be missing
    for direction in ["l0", "l0_reverse"] {
      #expect(places["rnn.\(bias)_\(direction)"] == Array(first..<first + 3))
    }
    #expect(places.count == 2)
  }

  @Test(arguments: CellKind.allCases)
  func `weights fill the bounds of PyTorch's start`(cell: CellKind) {
    let bound = 1 / Float(3).squareRoot()
    for (name, numbers) in start(cell, forgetBias: 0) where name.contains("weight_") {
      #expect(numbers.allSatisfy { abs($0) <= bound } && numbers.contains { abs($0) > bound / 2 }, "\(name)")
    }
  }

  @Test(arguments: [0.1, 1, 0]) func `embeddings start with the deviation that was asked for`(deviation: Double) throws
  {
    var settings = ModelSettings()
    settings.embeddingDeviation = deviation
    let models: [any Network] = [
      SequenceModel(topology: .stepwise, settings: settings, vocabularySize: 100, classes: 2),
      TransductionModel(settings: settings, vocabularySize: 100, targetSize: 100),
    ]
    for model in models {
      let vector = ParameterVector(model.layout)
      vector.initialize(seed: Seed(12))
      for slot in model.layout.slots where slot.name.hasSuffix("embedding.weight") {
        let numbers = vector[slot].elements
        let mean = numbers.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(numbers.count)
        #expect(abs(mean.squareRoot() - deviation) <= 0.05 * deviation, "\(slot.name)")
      }
    }
  }

  @Test func `a highway lets most of its input pass by at first, and gains start at 1`() {
    let highway = start(.gru, forgetBias: 1, layers: 2, .highway)
    #expect(highway["rnn.highway_bias_l1"] == [Float](repeating: -1, count: 6))
    #expect(highway["rnn.highway_weight_l1"]?.count == 36 && highway["rnn.highway_bias_l0"] == nil)
    #expect(start(.lstmLayerNorm, forgetBias: 1)["rnn.gain_cell_l0"] == [1, 1, 1])
  }

  private func start(
    _ cell: CellKind, forgetBias: Double, layers: Int = 1, _ connections: ConnectionKind = .none
  ) -> [String: [Float]] {
    var settings = ModelSettings()
    (settings.cell, settings.forgetBias, settings.layers) = (cell, forgetBias, layers)
    (settings.embedding, settings.hidden, settings.connections) = (4, 3, connections)
    let model = SequenceModel(topology: .stepwise, settings: settings, vocabularySize: 5, classes: 2)
    let vector = ParameterVector(model.layout)
    vector.initialize(seed: Seed(11))
    return Dictionary(uniqueKeysWithValues: model.layout.slots.map { ($0.name, vector[$0].elements) })
  }
}
