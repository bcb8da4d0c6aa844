import SeqLayers
import SeqTraining
import Testing

/// What a fit that diverged blames, and the advice it gives.
@Suite struct DivergenceTests {
  private func message(rate: Double, clip: Double = 5, weights: [Float]? = nil) -> String {
    var settings = TrainingSettings()
    settings.optimizer.learningRate = rate
    settings.clip = clip
    let divergence = Divergence(settings: settings, options: LossOptions(classWeights: weights))
    return divergence.error("the loss became NaN", in: "epoch 1, batch 2").description
  }

  @Test(arguments: [(0.02, "0.002"), (0.0003, "3e-05"), (5, "0.1"), (1e30, "0.1"), (1e300, "0.1")])
  func `the rate that is advised is one to fit with`(rate: Double, advised: String) {
    let message = message(rate: rate)
    #expect(message.hasPrefix("training.optimizer.learningRate: the fit diverged in epoch 1, batch 2: "))
    #expect(message.hasSuffix("; try \(advised)))"))
  }

  @Test func `clipping is advised where there is none`() {
    #expect(message(rate: 0.1, clip: 0).hasSuffix("try 0.01) or set training.clip to 5)"))
  }

  @Test func `great weights of classes are blamed before the rate`() {
    #expect(message(rate: 0.1, weights: [1, 1e30]).hasPrefix("training.classWeights: the fit diverged"))
    #expect(message(rate: 0.1, weights: [1, 20]).hasPrefix("training.optimizer.learningRate: "))
  }
}
