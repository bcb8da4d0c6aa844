import SeqCore
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// The gradient of every network that a config can describe, against finite differences of the reference: each cell, one
/// direction and two, one to three layers with each kind of connection, each pooling and none.
///
/// Elements are sampled, other ones in each network; `ModelGradientTests` and `GradientTests` compare whole tensors.
@Suite struct NetworkGradientTests {
  static let cells: [(CellKind, ActivationKind)] =
    ActivationKind.allCases.map { (.elman, $0) } + CellKind.allCases.filter { $0 != .elman }.map { ($0, .tanh) }

  @Test(arguments: cells)
  func `the gradient of every network is the reference's`(cell: CellKind, activation: ActivationKind) {
    for settings in Self.networks(cell, activation) {
      for pooling in [nil] + PoolingKind.allCases {
        let check = NetworkCheck(settings, pooling)
        let difference = check.worstDifference(samples: 3)
        #expect(difference.relativeError < 1e-4, "\(check.name): \(difference.name)")
      }
    }
  }

  /// With an input as wide as the states, a gate of these cells has no part in W.
  @Test(arguments: [CellKind.mut1, .mut2, .sru], [true, false])
  func `an input that takes a gate's place`(cell: CellKind, isBidirectional: Bool) {
    for var settings in Self.networks(cell, .tanh) {
      settings.embedding = settings.hidden
      let check = NetworkCheck(settings, .max)
      let difference = check.worstDifference(samples: 5)
      #expect(difference.relativeError < 1e-4, "\(check.name): \(difference.name)")
    }
  }

  @Test(arguments: [CellKind.lstmFGR, .lstmLayerNorm, .mut1, .sru], ConnectionKind.allCases)
  func `a mutated gradient is detected`(cell: CellKind, connections: ConnectionKind) {
    var settings = Self.networks(cell, .tanh)[0]
    (settings.layers, settings.connections) = (2, connections)
    let check = NetworkCheck(settings, .mean)
    for slot in check.run.model.layout.slots {
      let values = check.run.gradient[slot]
      let elements = values.elements
      let largest = elements.indices.max { abs(elements[$0]) < abs(elements[$1]) } ?? 0
      guard abs(elements[largest]) > 1e-3 else { continue }
      values[largest / slot.columns, largest % slot.columns] *= 1.01
      #expect(check.difference(of: slot, at: [largest]).relativeError > 5e-3, "\(slot.name)")
      values.copy(from: elements)
    }
  }

  /// One direction and two; one to three layers, with each kind of connection from two on.
  static func networks(_ cell: CellKind, _ activation: ActivationKind) -> [ModelSettings] {
    [false, true].flatMap { isBidirectional in
      (1...3).flatMap { layers in
        ConnectionKind.allCases.filter { layers > 1 || $0 == .none }.map { connections in
          var settings = ModelSettings()
          (settings.cell, settings.activation, settings.layers) = (cell, activation, layers)
          (settings.isBidirectional, settings.connections) = (isBidirectional, connections)
          (settings.embedding, settings.hidden, settings.dropout) = (4, 3, DropoutSettings(0))
          return settings
        }
      }
    }
  }
}

/// One network with a batch, and its gradient.
private struct NetworkCheck {
  let run: ModelRun
  let name: String
  private let batch: TokenBatch
  private let reference: ReferenceNetwork
  private let parameters: ReferenceParameters
  private let seed: Seed
  private let loss: Double

  /// - Parameter pooling: nil for a tagger.
  init(_ settings: ModelSettings, _ pooling: PoolingKind?) {
    let topology = pooling == nil ? Topology.stepwise : .pooled
    var settings = settings
    settings.pooling = pooling ?? .last
    name =
      "\(settings.cell.rawValue) × \(settings.layers), \(settings.connections.rawValue), "
      + "\(settings.isBidirectional ? "two directions" : "one direction"), \(pooling?.rawValue ?? "tokens")"
    seed = Seed(401).child(name)
    run = ModelRun(topology: topology, settings: settings, vocabulary: 6, classes: 3, seed: seed)
    batch = TokenBatch(topology: topology, lengths: [4, 3, 1], vocabulary: 6, classes: 3, seed: seed)
    loss = run.step(batch.shards(2))
    reference = run.reference(LossOptions())
    parameters = run.referenceParameters
  }

  /// The worst of the loss and of all tensors.
  func worstDifference(samples: Int) -> GradientDifference {
    var worst = GradientDifference(name: "loss", found: [loss], expected: [referenceLoss(parameters)])
    for slot in run.model.layout.slots {
      var random = seed.child("samples").child(slot.name).generator
      let elements = run.gradient[slot].elements
      let largest = elements.indices.max { abs(elements[$0]) < abs(elements[$1]) } ?? 0  // errors are measured by it
      let indices = [largest] + (1..<samples).map { _ in random.index(below: elements.count) }
      let found = difference(of: slot, at: indices)
      if found.relativeError > worst.relativeError { worst = found }
    }
    return worst
  }

  func difference(of slot: ParameterSlot, at indices: [Int]) -> GradientDifference {
    let elements = run.gradient[slot].elements
    return GradientDifference(
      name: slot.name, found: indices.map { Double(elements[$0]) },
      expected: parameters.finiteDifference(of: slot.name, at: indices, referenceLoss))
  }

  private func referenceLoss(_ parameters: ReferenceParameters) -> Double {
    reference.loss(of: batch.tokens, features: run.settings.embedding, labels: batch.labels, parameters)
  }
}
