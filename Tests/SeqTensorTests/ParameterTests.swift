import SeqCore
import SeqTensor
import SeqTestSupport
import Testing

@Suite struct ParameterTests {
  @Test func `slots are aligned, in order and apart`() {
    let layout = makeLayout()
    #expect(layout.slots.map(\.name) == ["a", "b", "c"] && layout.slots.map(\.index) == [0, 1, 2])
    #expect(layout.slots.map(\.shape) == [[3, 5], [7], [4, 16]])
    #expect(layout.slots.map(\.range) == [0..<15, 16..<23, 32..<96])
    #expect(layout.count == 96 && layout.parameterCount == 15 + 7 + 64)
  }

  @Test func `a parameter is a view of the flat vector`() {
    let layout = makeLayout()
    let vector = ParameterVector(layout)
    #expect(vector.flat.elements == [Float](repeating: 0, count: 96))
    vector[layout.slots[1]][0, 6] = 3
    vector[layout.slots[2]][1, 0] = 5
    #expect(vector.flat[0, 22] == 3 && vector.flat[0, 48] == 5 && vector.flat.elements.reduce(0, +) == 8)
  }

  @Test func `the same seed gives the same numbers`() {
    let layout = makeLayout()
    #expect(start(layout, seed: 1) == start(layout, seed: 1))
    #expect(start(layout, seed: 1) != start(layout, seed: 2))
  }

  @Test func `adding a slot leaves the others' numbers unchanged`() {
    var longer = ParameterLayout()
    _ = longer.addMatrix("new", rows: 9, columns: 9, initialization: .normal(deviation: 1))
    let moved = addSlots(to: &longer)
    let layout = makeLayout()
    let values = ParameterVector(layout)
    let others = ParameterVector(longer)
    values.initialize(seed: Seed(5))
    others.initialize(seed: Seed(5))
    for (slot, other) in zip(layout.slots, moved) {
      #expect(values[slot].elements == others[other].elements, "\(slot.name)")
    }
  }

  @Test func `uniform numbers fill their bounds, normal ones have their deviation`() {
    var layout = ParameterLayout()
    let uniform = layout.addMatrix("u", rows: 100, columns: 100, initialization: .uniform(0.25))
    let normal = layout.addMatrix("n", rows: 100, columns: 100, initialization: .normal(deviation: 2))
    let zero = layout.addVector("z", count: 10, initialization: .zero)
    let vector = ParameterVector(layout)
    vector.flat.fill(7)
    vector.initialize(seed: Seed(3))
    let u = vector[uniform].elements.doubles
    #expect(u.allSatisfy { abs($0) <= 0.25 } && (u.max() ?? 0) > 0.249 && (u.min() ?? 0) < -0.249)
    #expect(abs(mean(u)) < 0.01 && abs(mean(vector[normal].elements.doubles)) < 0.08)
    #expect(abs(mean(vector[normal].elements.doubles.map { $0 * $0 }) - 4) < 0.3)
    #expect(vector[zero].elements == [Float](repeating: 0, count: 10))
  }

  @Test func `a raised start is another plus a number, in a range`() {
    let start = Initialization.uniform(0.25)
    let numbers = { (initialization: Initialization) in
      var layout = ParameterLayout()
      let slot = layout.addVector("b", count: 12, initialization: initialization)
      let vector = ParameterVector(layout)
      vector.initialize(seed: Seed(3))
      return vector[slot].elements
    }
    let plain = numbers(start)
    #expect(numbers(.raised(start, by: 1, in: 4..<8)) == plain.enumerated().map { (4..<8) ~= $0 ? $1 + 1 : $1 })
    #expect(numbers(.raised(.constant(2), by: -3, in: 0..<1)) == [-1] + [Float](repeating: 2, count: 11))
  }

  @Test(arguments: 1...3)
  func `packed weights multiply as the weights do, whoever packed them`(width: Int) {
    var layout = ParameterLayout()
    let slot = layout.addMatrix("w", rows: 19, columns: 23, initialization: .uniform(1))
    let vector = ParameterVector(layout)
    vector.initialize(seed: Seed(2))
    let weights = Weights(vector, training: true)
    weights.refresh(WorkerTeam(width: width))
    let w = vector[slot].elements.doubles
    var random = Seed(4).generator
    let (x, dy) = (random.floats(23), random.floats(19))
    let forward = (0..<19).map { i in (0..<23).reduce(0) { $0 + w[i * 23 + $1] * Double(x[$1]) } }
    #expect(relativeError(of: product(x, weights.transposed(slot)).doubles, from: forward) < 1e-6)
    let backward = (0..<23).map { j in (0..<19).reduce(0) { $0 + w[$1 * 23 + j] * Double(dy[$1]) } }
    #expect(relativeError(of: product(dy, weights.packed(slot)).doubles, from: backward) < 1e-6)
  }
}

private func makeLayout() -> ParameterLayout {
  var layout = ParameterLayout()
  _ = addSlots(to: &layout)
  return layout
}

private func addSlots(to layout: inout ParameterLayout) -> [ParameterSlot] {
  [
    layout.addMatrix("a", rows: 3, columns: 5, initialization: .uniform(1)),
    layout.addVector("b", count: 7, initialization: .normal(deviation: 1)),
    layout.addMatrix("c", rows: 4, columns: 16, initialization: .uniform(0.5)),
  ]
}

private func start(_ layout: ParameterLayout, seed: UInt64) -> [Float] {
  let vector = ParameterVector(layout)
  vector.initialize(seed: Seed(seed))
  return vector.flat.elements
}

/// x · M for one row x.
private func product(_ x: [Float], _ packed: PackedMatrix) -> [Float] {
  let input = TestMatrix(rows: 1, columns: x.count, values: x)
  let result = TestMatrix(rows: 1, columns: packed.columns)
  result.view.setProduct(input.view, packed)
  return result.view.elements
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
