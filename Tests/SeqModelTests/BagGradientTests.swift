import Foundation
import SeqCore
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// The gradient of the feed-forward network over a bag, against finite differences of its reference.
@Suite struct BagGradientTests {
  @Test(arguments: ActivationKind.allCases, 0...2)
  func `it is the reference's, in one shard or in several`(activation: ActivationKind, layers: Int) {
    for trial in 0..<4 {
      let seed = Seed(251).child("trial", trial)
      var random = seed.generator
      let run = Self.run(activation, layers: layers, seed: seed)
      let lengths = random.lengths(random.integer(in: 1...7), in: 1...6)
      let batch = TokenBatch(topology: .bag, lengths: lengths, vocabulary: 9, classes: 4, seed: seed)
      for shards in [1, 3] where shards <= lengths.count {
        let loss = run.step(batch.shards(shards))
        let reference = {
          Self.reference(run).loss(of: batch.tokens, features: 3, labels: batch.labels.map { $0[0] }, $0)
        }
        #expect(abs(loss - reference(run.referenceParameters)) < 1e-5)
        for slot in run.model.layout.slots {
          let difference = GradientDifference(
            name: slot.name, found: run.gradient[slot].elements.doubles,
            expected: run.referenceParameters.finiteDifference(of: slot.name, reference))
          #expect(difference.relativeError < 5e-5, "\(activation), \(layers) layers, \(lengths): \(slot.name)")
        }
      }
    }
  }

  @Test func `dropout of the embeddings tells equal tokens apart and the way back knows which`() {
    var settings = Self.settings(.tanh, layers: 1)
    settings.dropout.input = 0.5
    let run = ModelRun(topology: .bag, settings: settings, vocabulary: 9, classes: 4, seed: Seed(257))
    let batch = TokenBatch(topology: .bag, lengths: [6, 4], vocabulary: 2, classes: 4, seed: Seed(263))
    let first = run.step(batch.shards(), mode: .training(seed: Seed(1)))
    #expect(run.step(batch.shards(), mode: .training(seed: Seed(1))) == first)
    #expect(run.step(batch.shards(), mode: .training(seed: Seed(2))) != first)
    #expect(run.gradient[run.model.embedding].elements.allSatisfy { $0.isFinite })
  }

  @Test func `before it has learned, all labels are about as probable`() {
    let run = Self.run(.relu, layers: 0, seed: Seed(269))
    run.weights.vector.initialize(seed: Seed(1))
    run.weights.refresh(WorkerTeam(width: 1))
    #expect(run.weights[run.model.embedding].elements.allSatisfy { $0 == 0 }, "so an n-gram never seen adds nothing")
  }

  private static func settings(_ activation: ActivationKind, layers: Int) -> ModelSettings {
    var settings = ModelSettings()
    (settings.embedding, settings.hidden, settings.layers, settings.activation) = (3, 4, layers, activation)
    settings.dropout = DropoutSettings(0)
    return settings
  }

  private static func run(_ activation: ActivationKind, layers: Int, seed: Seed) -> ModelRun {
    ModelRun(topology: .bag, settings: settings(activation, layers: layers), vocabulary: 9, classes: 4, seed: seed)
  }

  private static func reference(_ run: ModelRun) -> ReferenceBag {
    let activation: @Sendable (Double) -> Double =
      switch run.settings.activation {
      case .tanh: { tanh($0) }
      case .relu: { max(0, $0) }
      case .sigmoid: { 1 / (1 + exp(-$0)) }
      }
    return ReferenceBag(layers: run.settings.layers, activation: activation)
  }
}
