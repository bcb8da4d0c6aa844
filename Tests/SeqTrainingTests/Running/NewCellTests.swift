import SeqCore
import SeqLayers
import SeqModel
import SeqTensor
import SeqTraining
import Testing

/// A cell that the library does not know: h(t) = (1 − k) ∘ h(t−1) + k ∘ tanh(W x + b + U h(t−1)) with k = σ(s), in which
/// each unit learns its own speed s (a leaky unit, as in Jaeger et al. 2007 with a learned rate).
private struct LeakyCell: PlainCell {
  var gates: [String] { ["h"] }
  var biases: CellBiases { .input }
  var memories: Int { 2 }  // k; ∂L/∂k
  var scratches: Int { 1 }

  func parameters(_ sizes: CellSizes) -> [CellParameter] { [.vector("speed", sizes.hidden, startingAs: .zero)] }

  func activate(_ step: CellStep) {
    let (k, candidate) = (step.memory(0), step.gate(0))
    k.fillRows(with: step.parameter(0))
    k.setSigmoid(of: k)
    candidate.setGateTanh(of: candidate)
    step.blend(candidate, by: k)
  }

  func differentiate(_ step: CellStep, dHidden: Matrix, _ gradient: StepGradient) {
    let (k, dK, candidate, d) = (step.memory(0), step.memory(1), step.gate(0), gradient.scratch(0))
    step.differentiateBlend(candidate, k, dHidden: dHidden, carry: gradient.carry, dGate: dK, dCandidate: d)
    candidate.setTanhGradient(d, at: candidate)
    dK.setSigmoidGradient(dK, at: k)
  }

  func accumulate(_ parameter: Int, rows: Range<Int>, from trace: CellTrace, into target: Matrix, adding: Bool) {
    target.setColumnSums(of: trace.memory(1), adding: adding)
  }
}

/// Adding a cell takes one type, and nothing of the library.
struct NewCellTests {
  @Test(arguments: [Topology.pooled, .stepwise]) func itTrains(topology: Topology) throws {
    let model = self.model(topology)
    let names = model.layout.slots.map(\.name)
    #expect(names.contains("rnn.speed_l0") && names.contains("rnn.speed_l1_reverse"))
    #expect(!names.contains("rnn.bias_hh_l0"))
    var losses: [Double] = []
    var collaborators = Trainer.Collaborators()
    collaborators.listener = { event in
      if case .epochEnded(let record, _, _, _) = event { losses.append(record.trainLoss) }
    }
    let trainer = Trainer(
      model: model, data: Toy.data(topology, count: 60), settings: Toy.settings(epochs: 25), options: LossOptions(),
      team: WorkerTeam(width: 2), collaborators: collaborators)
    _ = try trainer.run()
    let (first, last) = (try #require(losses.first), try #require(losses.last))
    #expect(last < 0.3 * first, "\(losses)")
  }

  /// Central differences of the loss in single precision: rough, but they tell a wrong gradient from a right one.
  @Test(arguments: [Topology.pooled, .stepwise]) func itsGradientIsThatOfItsLoss(topology: Topology) {
    let model = self.model(topology, dropout: 0)
    let data = Toy.data(topology, count: 12)
    let weights = Toy.weights(of: model)
    let parallel = DataParallel(model: model, weights: weights, team: WorkerTeam(width: 1))
    let batch = Array(0..<12)
    func loss() -> Double { parallel.step(batch[...], of: data, seed: Seed(1), options: LossOptions()) }
    _ = loss()
    for slot in model.layout.slots where slot.name.hasPrefix("rnn.speed") {
      let gradient = parallel.gradient.numbers(slot)
      for j in gradient.indices {
        let value = weights[slot][0, j]
        weights[slot][0, j] = value + 0.02
        let above = loss()
        weights[slot][0, j] = value - 0.02
        let below = loss()
        weights[slot][0, j] = value
        #expect(abs((above - below) / 0.04 - Double(gradient[j])) < 2e-4, "\(slot.name)")
      }
    }
  }

  private func model(_ topology: Topology, dropout: Double = 0.1) -> SequenceModel {
    var settings = ModelSettings()
    (settings.embedding, settings.hidden, settings.layers) = (5, 6, 2)
    settings.connections = .residual
    settings.dropout = DropoutSettings(dropout)
    return SequenceModel(
      topology: topology, settings: settings, vocabularySize: Toy.vocabularySize, classes: Toy.classes,
      cell: LeakyCell())
  }
}
