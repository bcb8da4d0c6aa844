import SeqCore
import SeqModel
import SeqTensor
import SeqTraining
import Testing

/// Averages of the weights, against those of the same fit without.
struct WeightAverageTests {
  /// The weights at the end of each epoch, each of one step, and those that were scored.
  private func run(_ change: (inout TrainingSettings) -> Void) throws -> (scored: [[Float]], trainer: Trainer) {
    let settings = Toy.settings(epochs: 6) {
      ($0.batch, $0.patience) = (.sequences(40), 0)
      change(&$0)
    }
    final class Seen { var weights: [[Float]] = [] }
    let seen = Seen()
    var collaborators = Trainer.Collaborators()
    collaborators.evaluate = { weights in
      seen.weights.append(weights.vector.numbers)
      return [Score("accuracy", Double(seen.weights.count))]
    }
    let trainer = Toy.trainer(settings, collaborators)
    _ = try trainer.run()
    return (seen.weights, trainer)
  }

  @Test func theMeanOfTheLastEpochs() throws {
    let plain = try run { _ in }.scored
    let (scored, trainer) = try run { ($0.averaging.kind, $0.averaging.last) = (.checkpoints, 3) }
    for epoch in 0..<6 { expect(scored[epoch], mean(plain[max(0, epoch - 2)...epoch])) }
    #expect(trainer.best.numbers == scored[5] && trainer.weights.vector.numbers == plain[5])
  }

  @Test func theMeanFromAnEpochOn() throws {
    let plain = try run { _ in }.scored
    let scored = try run { ($0.averaging.kind, $0.averaging.from) = (.mean, 2) }.scored
    #expect(scored[..<2] == plain[..<2], "before it, the weights themselves")
    for epoch in 2..<6 { expect(scored[epoch], mean(plain[2...epoch])) }
  }

  @Test func theFadingMean() throws {
    let plain = try run { _ in }.scored
    let scored = try run { ($0.averaging.kind, $0.averaging.decay) = (.ema, 0.3) }.scored
    var expected = plain[0]
    for epoch in 1..<6 {
      let decay = Float(min(0.3, (2 + Double(epoch)) / (11 + Double(epoch))))
      expected = zip(expected, plain[epoch]).map { decay * $0 + (1 - decay) * $1 }
      expect(scored[epoch], expected)
    }
  }

  private func mean(_ vectors: ArraySlice<[Float]>) -> [Float] {
    vectors[vectors.startIndex].indices.map { i in vectors.reduce(0) { $0 + $1[i] } / Float(vectors.count) }
  }

  private func expect(_ found: [Float], _ expected: [Float]) {
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }
}
