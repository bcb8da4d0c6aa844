import SeqLayers
import SeqTensor
import SeqTestSupport
import Testing

/// What the confidence penalty adds to the loss of a softmax head.
@Suite struct ConfidencePenaltyTests {
  /// Of a head whose weight is the identity, so that the features are the scores.
  private func run(_ rows: [[Float]], _ labels: [Int32], _ options: LossOptions) -> (loss: Double, gradient: [Float]) {
    let classes = rows[0].count
    var layout = ParameterLayout()
    let head = SoftmaxHead(name: "output", inputSize: classes, classes: classes, layout: &layout)
    let network = TestNetwork(layout, seed: .init(1))
    network.set([
      "output.weight": (0..<classes * classes).map { $0 / classes == $0 % classes ? 1 : 0 },
      "output.bias": [Double](repeating: 0, count: classes),
    ])
    let features = TestMatrix(rows: rows.count, columns: classes, rows.flatMap { $0 })
    let pass = head.makePass()
    _ = pass.forward(features.view, weights: network.weights)
    let loss = pass.loss(labels: labels.span, scale: 1, options: options)
    return (loss, pass.backward(weights: network.weights).elements)
  }

  private let certain: [Float] = [9, 0, 0, 0], open: [Float] = [0, 0, 0, 0], huge: [Float] = [3e4, -3e4, 0, 2.5e4]

  @Test func `an open prediction loses log C, a certain one next to nothing`() {
    let plain = LossOptions()
    let penalized = LossOptions().with(\.confidencePenalty, 0.5)
    func added(_ row: [Float]) -> Double { run([row], [0], penalized).loss - run([row], [0], plain).loss }
    #expect(abs(added(open) + 0.5 * 1.3862943) < 1e-6)
    #expect(added(certain) < 0 && added(certain) > -0.01)
    #expect(abs(added(huge)) < 1e-12)
    #expect(run([huge], [0], penalized).gradient.allSatisfy { $0.isFinite })
  }

  @Test func `it holds certainty back`() {
    let gradient = run([certain], [0], LossOptions().with(\.confidencePenalty, 2)).gradient
    #expect(gradient[0] > 0 && gradient[1] < 0, "\(gradient)")
    #expect(run([certain], [0], LossOptions()).gradient[0] < 0)
  }

  @Test func `unknown labels and weightless ones are left alone`() {
    let options = LossOptions(classWeights: [1, 0, 1, 1]).with(\.confidencePenalty, 2)
    let (loss, gradient) = run([certain, open, certain], [-1, 0, 1], options)
    #expect(loss == run([open], [0], options).loss)
    #expect(gradient[0..<4].allSatisfy { $0 == 0 } && gradient[8...].allSatisfy { $0 == 0 })
  }

  @Test func `0 is the plain loss, bit for bit`() {
    let (rows, labels) = ([certain, open, huge], [1, 2, -1] as [Int32])
    let plain = run(rows, labels, LossOptions(classWeights: [1, 2, 3, 4]).with(\.labelSmoothing, 0.1))
    let zero = run(
      rows, labels,
      LossOptions(classWeights: [1, 2, 3, 4]).with(\.labelSmoothing, 0.1).with(\.confidencePenalty, 0))
    #expect(plain == zero)
  }
}
