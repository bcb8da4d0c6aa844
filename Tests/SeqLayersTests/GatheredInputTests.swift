import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import SeqTestSupport
import Testing

/// Layers fed with gathered rows work on the table where they can; what comes out must be what the copied rows give, and
/// what comes back the sum over the rows that are alike.
@Suite struct GatheredInputTests {
  @Test(arguments: ReferenceCell.allCases, [false, true])
  func `gathered rows give the outputs and gradients of copied rows`(cell: ReferenceCell, isBidirectional: Bool) {
    for layers in 1...2 {
      for distinct in [1, 3, 40] {  // fewer than the rows, and more
        let check = GatheredCheck(cell.layerCell, layers: layers, isBidirectional: isBidirectional, distinct: distinct)
        for difference in check.differences() {
          #expect(difference.relativeError < 2e-5, "\(layers) layers, \(distinct) rows: \(difference.name)")
        }
      }
    }
  }

  @Test(arguments: [PlainLSTMCell(mistake: nil), PlainGRUCell(mistake: nil)] as [any RecurrentCell])
  func `plain cells take gathered rows too`(cell: any RecurrentCell) {
    let check = GatheredCheck(cell, layers: 2, isBidirectional: true, distinct: 3)
    for difference in check.differences() {
      #expect(difference.relativeError < 2e-5, "\(difference.name)")
    }
  }

  /// As wide as the states, so that the rows themselves take the place of a gate's sums.
  @Test(arguments: [MUT1Cell(), MUT2Cell()] as [any RecurrentCell], [false, true])
  func `gathered rows that take a gate's place`(cell: any RecurrentCell, isBidirectional: Bool) {
    let check = GatheredCheck(cell, layers: 2, isBidirectional: isBidirectional, distinct: 3, features: 7)
    for difference in check.differences() {
      #expect(difference.relativeError < 2e-5, "\(difference.name)")
    }
  }

  @Test func `a pass goes from gathered rows to copied ones and back`() {
    let check = GatheredCheck(GRUCell(), layers: 2, isBidirectional: true, distinct: 3)
    for difference in check.differences(sharingPass: true) {
      #expect(difference.relativeError < 2e-5, "\(difference.name)")
    }
  }

  @Test func `another index is detected`() {
    let check = GatheredCheck(LSTMCell(), layers: 1, isBidirectional: true, distinct: 3)
    let differences = check.differences(mistake: true)
    #expect(differences.filter { $0.relativeError > 1e-3 }.map(\.name).contains("outputs"))
    #expect(differences.filter { $0.relativeError > 1e-3 }.map(\.name).contains("table"))
  }

  @Test(arguments: ReferenceCell.allCases)
  func `inference gives the bits of training without dropout`(cell: ReferenceCell) {
    let check = GatheredCheck(cell.layerCell, layers: 2, isBidirectional: true, distinct: 3)
    #expect(check.outputs(mode: .inference) == check.outputs(mode: .training(seed: Seed(1))))
  }
}

/// A stack over rows of a small table; the loss is Σ outputs · probes.
private struct GatheredCheck {
  private let stack: RecurrentStack
  private let network: TestNetwork
  private let shape = PackedShape(lengths: [6, 4, 4, 1])
  private let table: TestMatrix
  private let index: [Int32]
  private let probes: [Float]
  private let features: Int

  init(_ cell: any RecurrentCell, layers: Int, isBidirectional: Bool, distinct: Int, features: Int = 5) {
    self.features = features
    var layout = ParameterLayout()
    stack = RecurrentStack(
      name: "rnn", cell: cell, inputSize: features, hiddenSize: 7, depth: layers, isBidirectional: isBidirectional,
      dropout: 0, layout: &layout)
    network = TestNetwork(layout, seed: Seed(337))
    var random = Seed(347).child("distinct", distinct).generator
    table = TestMatrix(rows: distinct, columns: features, random.floats(distinct * features))
    index = (0..<shape.rows).map { _ in Int32(random.index(below: distinct)) }
    probes = random.floats(shape.rows * stack.outputSize)
  }

  func outputs(mode: Mode) -> [UInt32] {
    let buffer = IndexBuffer()
    buffer.set(index.span)
    let rows = GatheredRows(table.view, buffer.indices)
    let pass = stack.makePass()
    return withExtendedLifetime(pass) {
      pass.forward(rows, shape: shape, weights: network.weights, mode: mode).elements.map(\.bitPattern)
    }
  }

  /// Outputs, gradients of all weights and of the table. - Parameters:
  ///   - sharingPass: whether one pass does both, one after the other, and the gathered rows once more.
  ///   - mistake: gathers by another index.
  func differences(sharingPass: Bool = false, mistake: Bool = false) -> [GradientDifference] {
    let buffer = IndexBuffer()
    buffer.set((mistake ? index.reversed() : index).span)
    let gathered = GatheredRows(table.view, buffer.indices)
    let copies = TestMatrix(rows: shape.rows, columns: features)
    copies.view.gather(index.span, from: table.view)
    let pass = stack.makePass()
    if sharingPass { _ = run(gathered, pass) }
    let expected = run(GatheredRows(copies.view), pass)
    let found = run(gathered, sharingPass ? pass : stack.makePass())
    var sums = [Double](repeating: 0, count: table.view.count)
    for (i, value) in expected.input.enumerated() { sums[Int(index[i / features]) * features + i % features] += value }
    return [
      GradientDifference(name: "outputs", found: found.outputs, expected: expected.outputs),
      GradientDifference(name: "table", found: found.input, expected: sums),
    ]
      + zip(network.layout.slots, zip(found.weights, expected.weights)).map {
        GradientDifference(name: $0.name, found: $1.0, expected: $1.1)
      }
  }

  private func run(
    _ rows: GatheredRows, _ pass: any SequencePass
  ) -> (outputs: [Double], input: [Double], weights: [[Double]]) {
    let mode = Mode.training(seed: Seed(1))
    let outputs = pass.forward(rows, shape: shape, weights: network.weights, mode: mode).elements.doubles
    let dOutput = TestMatrix(rows: shape.rows, columns: stack.outputSize, probes)
    let input = pass.backward(dOutput.view, weights: network.weights).elements.doubles
    network.accumulate([(pass, stack.gradientBlocks)])
    return (outputs, input, network.layout.slots.map { network.gradient(of: $0.name) })
  }
}
