import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import Testing

/// Cells that only a test knows: any cell in plain Swift over matrices works in the same sweep.
@Suite struct PlainCellTests {
  private let lstm = LayerConfiguration(cell: .lstm, layers: 2, isBidirectional: true, pooling: .attention)

  @Test(arguments: [false, true], 0..<3)
  func `an LSTM in plain Swift has the gradients of the reference`(isBidirectional: Bool, trial: Int) {
    var configuration = lstm
    configuration.isBidirectional = isBidirectional
    let check = LayerCheck(configuration, seed: Seed(73).child("trial", trial))
    for difference in check.differences(cell: PlainLSTMCell(mistake: nil)) {
      #expect(difference.relativeError < 5e-5, "\(difference.name)")
    }
  }

  /// It keeps the recurrent product apart, and hands a part of ∂L/∂h from step to step.
  @Test(arguments: [false, true], 0..<3)
  func `a GRU in plain Swift has the gradients of the reference`(isBidirectional: Bool, trial: Int) {
    for pooling in [nil, ReferencePooling.attention] {
      let configuration = LayerConfiguration(
        cell: .gru, layers: 2, isBidirectional: isBidirectional, pooling: pooling)
      let check = LayerCheck(configuration, seed: Seed(331).child("trial", trial))
      for difference in check.differences(cell: PlainGRUCell(mistake: nil)) {
        #expect(difference.relativeError < 5e-5, "\(difference.name)")
      }
    }
  }

  /// The check must be able to fail: each mistake in the backward sweep is seen in a weight's gradient, though the
  /// loss is right.
  @Test(arguments: PlainLSTMCell.Mistake.allCases)
  func `a mistake in the backward sweep of an LSTM is detected`(mistake: PlainLSTMCell.Mistake) {
    expectMistake(in: PlainLSTMCell(mistake: mistake), of: .lstm)
  }

  @Test(arguments: PlainGRUCell.Mistake.allCases)
  func `a mistake in the backward sweep of a GRU is detected`(mistake: PlainGRUCell.Mistake) {
    expectMistake(in: PlainGRUCell(mistake: mistake), of: .gru)
  }

  private func expectMistake(in cell: any RecurrentCell, of reference: ReferenceCell) {
    var configuration = lstm
    configuration.cell = reference
    let sizes = LayerSizes(input: 3, hidden: 4, classes: 3, lengths: [5, 3, 1])
    let differences = LayerCheck(configuration, sizes: sizes, seed: Seed(73)).differences(cell: cell)
    #expect(differences[0].name == "loss" && differences[0].relativeError < 5e-5)
    #expect(differences.contains { $0.relativeError > 1e-3 })
  }
}
