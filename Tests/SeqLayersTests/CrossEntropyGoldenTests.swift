import SeqLayers
import SeqTensor
import SeqTestSupport
import Testing

/// The loss of the softmax head against PyTorch's: see `Tests/Golden/cross_entropy.json`.
@Suite struct CrossEntropyGoldenTests {
  @Test(arguments: CrossEntropyCase.all)
  func `mean loss and gradient are PyTorch's`(golden: CrossEntropyCase) {
    let (loss, gradient) = lossAndGradient(golden, labels: golden.labels)
    #expect(abs(loss - golden.meanLoss) < 1e-6 * golden.meanLoss)
    #expect(largestError(of: gradient, from: golden.gradient.flatMap(\.values)) < 2e-7)
  }

  @Test func `another label is detected`() {
    let golden = CrossEntropyCase.all[0]
    let (loss, gradient) = lossAndGradient(golden, labels: golden.labels.reversed())
    #expect(abs(loss - golden.meanLoss) > 1e-3)
    #expect(largestError(of: gradient, from: golden.gradient.flatMap(\.values)) > 1e-3)
  }

  /// Through a head whose bias is zero and whose weight is the identity, so that the features are the scores.
  private func lossAndGradient(_ golden: CrossEntropyCase, labels: [Int32]) -> (loss: Double, gradient: [Double]) {
    let classes = golden.logits[0].values.count
    var layout = ParameterLayout()
    let head = SoftmaxHead(name: "output", inputSize: classes, classes: classes, layout: &layout)
    let network = TestNetwork(layout, seed: .init(1))
    network.set([
      "output.weight": (0..<classes * classes).map { $0 / classes == $0 % classes ? 1 : 0 },
      "output.bias": [Double](repeating: 0, count: classes),
    ])
    let options = LossOptions(classWeights: golden.classWeights?.map { Float($0) })
      .with(\.labelSmoothing, golden.labelSmoothing)
    let features = TestMatrix(
      rows: labels.count, columns: classes, golden.logits.flatMap { $0.values.map { Float($0) } })
    let pass = head.makePass()
    _ = pass.forward(features.view, weights: network.weights)
    let scale = 1 / options.denominator(of: labels)
    let loss = pass.loss(labels: labels.span, scale: scale, options: options)
    return (loss, pass.backward(weights: network.weights).elements.doubles)
  }
}
