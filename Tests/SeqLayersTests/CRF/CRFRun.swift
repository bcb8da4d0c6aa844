import SeqCore
import SeqLayers
import SeqTensor
import SeqTestSupport

/// A CRF over the scores of some sequences, and the enumeration of all their tag sequences in double precision.
struct CRFRun {
  let tags: Int
  let shape: PackedShape
  /// Of each row, in packed order.
  var scores: [Float]
  var start: [Float]
  var transitions: [Float]
  var end: [Float]
  var rules: TransitionRules?

  /// Drawn scores. - Parameter lengths: longest first.
  init(tags: Int, lengths: [Int], bound: Float = 2, seed: Seed) {
    var random = seed.generator
    self.tags = tags
    shape = PackedShape(lengths: lengths)
    scores = random.floats(shape.rows * tags, bound: bound)
    start = random.floats(tags, bound: bound)
    transitions = random.floats(tags * tags, bound: bound)
    end = random.floats(tags, bound: bound)
  }

  init(_ golden: CRFCase) {
    tags = golden.start.count
    shape = PackedShape(lengths: [golden.emissions.count])
    scores = golden.emissions.flatMap { $0.values.map { Float($0) } }
    (start, end) = (golden.start.map { Float($0) }, golden.end.map { Float($0) })
    transitions = golden.transitions.flatMap { $0.values.map { Float($0) } }
  }

  // MARK: Through the layers

  struct Learned {
    let loss: Double
    /// `emissions`, `start_transitions`, `transitions`, `end_transitions`.
    let gradients: [String: [Double]]
  }

  /// Loss and gradients. - Parameter labels: of the rows.
  func learn(_ labels: [Int32], scale: Double = 1, classWeights: [Float]? = nil) -> Learned {
    var layout = ParameterLayout()
    let head = CRFHead(name: "crf", classes: tags, layout: &layout)
    let network = TestNetwork(layout, seed: .init(1))
    network.set([
      "crf.start_transitions": start.doubles, "crf.transitions": transitions.doubles,
      "crf.end_transitions": end.doubles,
    ])
    let emissions = TestMatrix(rows: shape.rows, columns: tags, scores)
    let pass = head.makePass()
    let loss = pass.loss(
      emissions.view, labels: labels.span, shape: shape, weights: network.weights, scale: scale,
      options: LossOptions(classWeights: classWeights))
    let gradient = ParameterVector(layout)
    for block in head.gradientBlocks { pass.accumulate(block, into: gradient, adding: false) }
    var gradients = ["emissions": emissions.view.elements.doubles]
    for slot in layout.slots { gradients[String(slot.name.dropFirst(4))] = gradient[slot].elements.doubles }
    return Learned(loss: loss, gradients: gradients)
  }

  /// The best tags of the rows, the marginals [rows, K], and whatever `body` reads off the lattices.
  func decode<T>(penalty: Float = 1_000, _ body: ([ChainLattice]) -> T) -> (tags: [Int], masses: [Double], T) {
    let tables = ChainTables(count: tags)
    let (first, last) = (TestMatrix(rows: 1, columns: tags, start), TestMatrix(rows: 1, columns: tags, end))
    let steps = TestMatrix(rows: tags, columns: tags, transitions)
    tables.set(
      start: first.view, transitions: steps.view, end: last.view, rules: rules, penalty: penalty, searches: true)
    let emissions = TestMatrix(rows: shape.rows, columns: tags, scores)
    let (sweep, search) = (ChainSweep(), ChainSearch())
    let masses = TestMatrix(rows: shape.rows, columns: tags, [Float](repeating: 0, count: shape.rows * tags))
    sweep.runBack(emissions.view, shape, tables)
    sweep.runOn(masses.view, shape, tables)
    search.run(emissions.view, shape, tables)
    let lattices = (0..<shape.sequences).map {
      ChainLattice(
        scores: emissions.view, sweep: sweep, tables: tables, masses: masses.view, shape: shape, place: $0)
    }
    let result = body(lattices)
    withExtendedLifetime((first, last, steps, emissions)) {}
    return (search.tags.elements.map(Int.init), masses.view.elements.doubles, result)
  }

  // MARK: By enumeration

  /// All tag sequences of a sequence with their scores, those that the rules allow.
  func paths(_ sequence: Int) -> [(tags: [Int], score: Double)] {
    var all: [[Int]] = [[]]
    for _ in 0..<shape.lengths[sequence] { all = all.flatMap { path in (0..<tags).map { path + [$0] } } }
    return all.filter { rules?.allow($0) ?? true }.map { ($0, score($0, sequence)) }
  }

  func score(_ path: [Int], _ sequence: Int) -> Double {
    var sum = Double(start[path[0]]) + Double(end[path[path.count - 1]])
    for (t, tag) in path.enumerated() {
      sum += Double(scores[shape.row(sequence: sequence, step: t) * tags + tag])
      if t > 0 { sum += Double(transitions[path[t - 1] * tags + tag]) }
    }
    return sum
  }
}

/// log Σ eˣ.
func logSum(_ x: [Double]) -> Double {
  let greatest = x.max() ?? 0
  return greatest + logarithm(x.reduce(0) { $0 + exponential($1 - greatest) })
}
