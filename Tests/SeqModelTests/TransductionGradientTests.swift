import SeqCore
import SeqLayers
import SeqModel
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// One wiring of an encoder–decoder.
struct TransductionCase: Sendable, CustomTestStringConvertible {
  let cell: CellKind
  let attention: AttentionKind
  let feedsInput: Bool
  let layers: Int
  let isBidirectional: Bool

  var testDescription: String {
    "\(cell) × \(layers)\(isBidirectional ? ", two directions" : ""), \(attention)\(feedsInput ? ", fed" : "")"
  }

  var settings: ModelSettings {
    .transduction(
      cell: cell, attention: attention, feedsInput: feedsInput, layers: layers, isBidirectional: isBidirectional)
  }

  /// Elman, LSTM and GRU × attention × input feeding × depth × directions; of each other cell a deep one, its attention and
  /// feeding by turns.
  static let all: [TransductionCase] = {
    var result: [TransductionCase] = []
    let basic: [CellKind] = [.elman, .lstm, .gru]
    for (i, cell) in CellKind.allCases.filter({ $0 != .jordan && !basic.contains($0) }).enumerated() {
      let attention = AttentionKind.allCases[i % AttentionKind.allCases.count]
      result.append(
        TransductionCase(
          cell: cell, attention: attention, feedsInput: attention != .none && i % 3 > 0, layers: 2,
          isBidirectional: i % 2 == 0))
    }
    for cell in basic {
      for attention in AttentionKind.allCases {
        for feedsInput in attention == .none ? [false] : [false, true] {
          for layers in 1...2 {
            for isBidirectional in [false, true] {
              result.append(
                TransductionCase(
                  cell: cell, attention: attention, feedsInput: feedsInput, layers: layers,
                  isBidirectional: isBidirectional))
            }
          }
        }
      }
    }
    return result
  }()
}

/// The gradient of whole encoder–decoders against finite differences of the reference.
@Suite struct TransductionGradientTests {
  static let lengths = [(3, 2), (1, 4), (4, 0), (2, 3), (2, 1)]

  @Test(arguments: TransductionCase.all)
  func `the gradient is the reference's`(trial: TransductionCase) {
    let run = TransductionRun(trial.settings, seed: Seed(163))
    let batch = pairs(Seed(167))
    let options = LossOptions().with(\.labelSmoothing, 0.1)
    for count in [1, 2] {
      let shards = batch.shards(count)
      let loss = run.step(shards, options: options)
      for difference in run.differences(shards, loss: loss, options) {
        #expect(difference.relativeError < 1e-4, "\(count) shards: \(difference.name)")
      }
    }
  }

  @Test func `encoder and decoder may differ in cell, depth and size`() {
    var settings = ModelSettings.transduction(cell: .gru, attention: .additive, feedsInput: true)
    settings.decoder.cell = .lstm
    settings.decoder.layers = 2
    settings.decoder.hidden = 5
    let run = TransductionRun(settings, seed: Seed(173))
    let shards = pairs(Seed(179)).shards()
    let loss = run.step(shards)
    for difference in run.differences(shards, loss: loss) {
      #expect(difference.relativeError < 1e-4, "\(difference.name)")
    }
  }

  /// The reference is given what was drawn, and no gradient goes through the choice.
  @Test(arguments: [AttentionKind.none, .general])
  func `sampled inputs are constants of the gradient`(attention: AttentionKind) {
    let run = TransductionRun(
      .transduction(cell: .lstm, attention: attention, feedsInput: true, layers: 2), seed: Seed(181))
    let shards = pairs(Seed(191)).shards(2)
    var options = LossOptions()
    options.samplingRate = 0.7
    let loss = run.step(shards, options: options)
    for difference in run.differences(shards, loss: loss) {
      #expect(difference.relativeError < 1e-4, "\(difference.name)")
    }
    let replaced = zip(shards, run.passes).reduce(0) { sum, shard in
      sum + zip(shard.0.targets.inputs, shard.1.inputs).count { $0 != $1 }
    }
    #expect(replaced > 2)
    #expect(shards.allSatisfy { $0.targets.inputs.prefix($0.targets.shape.sequences).allSatisfy { $0 == 0 } })
    let again = TransductionRun(run.settings, seed: Seed(181))
    #expect(again.step(shards, options: options) == loss)
  }

  @Test func `a mutated gradient is detected`() {
    let run = TransductionRun(TransductionCase.all[20].settings, seed: Seed(193))
    let shards = pairs(Seed(197)).shards(2)
    let loss = run.step(shards)
    for slot in run.model.layout.slots where slot.columns > 1 {
      let before = run.gradient[slot].elements
      run.gradient[slot].copy(from: before.map { $0 * 1.01 + 1e-5 })
      let found = run.differences(shards, loss: loss).first { $0.name == slot.name }
      #expect((found?.relativeError ?? 0) > 1e-3, "\(slot.name)")
      run.gradient[slot].copy(from: before)
    }
  }

  /// What a pass computes for a pair does not depend on its neighbours or the thread.
  @Test func `the same bits for any number of threads`() {
    var settings = TransductionCase.all[31].settings
    settings.dropout = DropoutSettings(0.2)
    var options = LossOptions()
    options.samplingRate = 0.3
    let shards = pairs(Seed(199)).shards(3)
    let runs = [1, 2, 3].map { threads in
      let run = TransductionRun(settings, seed: Seed(211), threads: threads)
      let loss = run.step(shards, options: options)
      return [loss] + run.gradient.flat.elements.map(Double.init)
    }
    #expect(runs[0] == runs[1] && runs[0] == runs[2])
  }

  private func pairs(_ seed: Seed) -> PairBatch {
    PairBatch(
      lengths: Self.lengths, vocabulary: TransductionRun.vocabulary, classes: TransductionRun.classes, seed: seed)
  }
}
