package import SeqCore
import SeqTensor

/// Replaces some of a decoder's inputs in training by what it would have written itself (Bengio et al. 2015, "Scheduled
/// Sampling for Sequence Prediction with Recurrent Neural Networks"): for each token a coin of probability `rate` is
/// tossed, and the token drawn from the prediction of the step before. No gradient goes through the choice.
package final class ScheduledSampling {
  private let head: SoftmaxHead
  private let scoreBuffer = FloatBuffer()
  private var rate = 0.0
  private var generator = Seed(0).generator

  /// - Parameter head: what scores h̃.
  package init(_ head: SoftmaxHead) { self.head = head }

  /// Begins a sweep. - Parameter rate: in 0…1.
  package func begin(rate: Double, seed: Seed) {
    self.rate = rate
    generator = seed.generator
  }

  /// Whether inputs may be replaced.
  package var isOn: Bool { rate > 0 }

  /// Replaces some of `ids`.
  /// - Parameters:
  ///   - ids: of the step, in `place`.
  ///   - states: h̃ of the step before, of the sequences that go on [place.count, d].
  func replace(_ ids: inout [Int32], _ place: Range<Int>, after states: Matrix, weights: Weights) {
    guard let linear = head.linear else { preconditionFailure("a decoder's head has weights") }
    let scores = scoreBuffer.reserve(rows: place.count, columns: head.classes)
    scores.setProduct(states, weights.transposed(linear.weight), bias: weights[linear.bias])
    scores.softmaxRows()
    for (row, i) in place.enumerated() where generator.uniform() < rate {
      ids[i] = scores.withRow(row) { Int32(Self.choice(generator.uniform(), among: $0)) }
    }
  }

  /// The class in whose part of 0…1 a number falls.
  private static func choice(_ number: Double, among probabilities: Span<Float>) -> Int {
    var sum = 0.0
    for j in probabilities.indices {
      sum += Double(probabilities[j])
      if number < sum { return j }
    }
    return probabilities.count - 1
  }
}
