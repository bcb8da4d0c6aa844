import SeqCore
import SeqLayers
import SeqReference
import SeqTensor
import Testing

/// The LSTM with peepholes as a client would write it; with a `leak`, a share of h(t−1) is added to h(t), too.
private struct ClientLSTM: CustomCell {
  enum Mistake: CaseIterable { case peephole, previousMemory, previousHidden }

  var leak: Float = 0
  var mistake: Mistake?

  let name = "client-lstm"
  let gates = ["i", "f", "g", "o"]
  let memories = 2  // c; tanh c
  let carriesMemory = true
  let scratches = 1

  var weights: [CellWeight] {
    [
      .vector("peephole_i", gradient: .gate(0), times: .previousMemory),
      .vector("peephole_f", gradient: .gate(1), times: .previousMemory),
      .vector("peephole_o", gradient: .gate(3), times: mistake == .peephole ? .memory(1) : .memory(0)),
    ]
  }

  func forward(_ step: ForwardStep) {
    let (i, f, g, o) = (step.gate(0), step.gate(1), step.gate(2), step.gate(3))
    let (c, t, before) = (step.memory(0), step.memory(1), step.previousMemory)
    i.add(before, times: step.vector(0))
    i.setSigmoid(of: i)
    f.add(before, times: step.vector(1))
    f.setSigmoid(of: f)
    g.setTanh(of: g)
    c.setProduct(of: g, and: i)
    c.add(before, times: f)
    o.add(c, times: step.vector(2))
    o.setSigmoid(of: o)
    t.setTanh(of: c)
    step.hidden.setProduct(of: t, and: o)
    step.hidden.add(leak, times: step.previousHidden)
  }

  func backward(_ step: BackwardStep) {
    let (i, f, g, o) = (step.gate(0), step.gate(1), step.gate(2), step.gate(3))
    let (t, before, d) = (step.memory(1), step.previousMemory, step.scratch(0))
    let (dHidden, dCell) = (step.dHidden, step.dMemory)
    if mistake != .previousHidden { step.dPreviousHidden.add(leak, times: dHidden) }
    d.setProduct(of: dHidden, and: t)
    dHidden.setProduct(of: dHidden, and: o)
    o.setSigmoidGradient(d, at: o)
    d.setTanhGradient(dHidden, at: t)
    dCell.add(d)
    dCell.add(o, times: step.vector(2))
    d.setProduct(of: dCell, and: g)
    dHidden.setProduct(of: dCell, and: i)
    i.setSigmoidGradient(d, at: i)
    g.setTanhGradient(dHidden, at: g)
    d.setProduct(of: dCell, and: before)
    dCell.setProduct(of: dCell, and: f)
    f.setSigmoidGradient(d, at: f)
    if mistake == .previousMemory { return }
    dCell.add(i, times: step.vector(0))
    dCell.add(f, times: step.vector(1))
  }
}

/// A leaky unit without U, with a bias of its own and a function of its own: h(t) = h(t−1) / 2 + f(W x + b + v) with
/// f(a) = a / √(1 + a²).
private struct LeakyUnit: CustomCell {
  let name = "leaky"
  let gates = ["h"]
  let recurrentGates = 0
  let weights: [CellWeight] = [.vector("offset", startingAt: 0.5, gradient: .gate(0))]

  func forward(_ step: ForwardStep) {
    let a = step.gate(0)
    a.add(step.vector(0))
    step.hidden.setEach(of: a) { $0 / (1 + $0 * $0).squareRoot() }
    step.hidden.add(0.5, times: step.previousHidden)
  }

  func backward(_ step: BackwardStep) {
    let a = step.gate(0)
    step.dPreviousHidden.add(0.5, times: step.dHidden)
    a.setEach(of: a, and: step.dHidden) { a, d in d / ((1 + a * a) * (1 + a * a).squareRoot()) }
  }
}

/// Keeps a matrix of a step, and looks at it in the next one.
private final class Hoarder: CustomCell, @unchecked Sendable {
  private var kept: StepMatrix?

  let name = "hoarder"
  let gates = ["h"]

  func forward(_ step: ForwardStep) {
    if let kept { step.hidden.set(to: kept) } else { step.hidden.fill(0) }
    kept = step.hidden
  }

  func backward(_ step: BackwardStep) {}
}

/// Cells that a client defines.
@Suite struct CustomCellTests {
  @Test(arguments: [false, true], 0..<4)
  func `a client's LSTM has the gradients of the reference`(isBidirectional: Bool, trial: Int) {
    for pooling in [nil, ReferencePooling.attention] {
      let configuration = LayerConfiguration(
        cell: .lstmPeephole, layers: 2, isBidirectional: isBidirectional, pooling: pooling)
      let check = LayerCheck(configuration, seed: Seed(431).child("trial", trial))
      for difference in check.differences(cell: OwnCell(ClientLSTM())) {
        #expect(difference.relativeError < 5e-5, "\(difference.name)")
      }
    }
  }

  @Test(arguments: [0, 0.5], [1, 5, 8]) func `right cells have small errors`(leak: Float, units: Int) throws {
    #expect(try ClientLSTM(leak: leak).gradientError(units: units) < 5e-4)
    #expect(try LeakyUnit().gradientError(units: units) < 5e-4)
  }

  @Test(arguments: ClientLSTM.Mistake.allCases) private func `a mistake is seen`(mistake: ClientLSTM.Mistake) throws {
    #expect(try ClientLSTM(leak: 0.5, mistake: mistake).gradientError() > 1e-2)
  }

  @Test func `a contradiction is told`() {
    struct Contradiction: CustomCell {
      var name = "own"
      var gates = ["a", "b"]
      var recurrentGates = 2
      var weights: [CellWeight] = []
      var memories = 0
      var carriesMemory = false

      func forward(_ step: ForwardStep) {}
      func backward(_ step: BackwardStep) {}
    }
    #expect(Contradiction().fault == nil)
    let wrong: [(Contradiction, String)] = [
      (Contradiction(name: "My Cell"), "lower-case"), (Contradiction(gates: ["a", "a"]), "a name of its own"),
      (Contradiction(recurrentGates: 3), "expected 0 to 2"), (Contradiction(memories: -1), "negative"),
      (Contradiction(carriesMemory: true), "needs a memory"),
      (Contradiction(weights: [.vector("weight_ih", gradient: .gate(0))]), "\"weight_ih\" needs a name of its own"),
      (Contradiction(weights: [.vector("v", gradient: .gate(2))]), "gate(2), which it has not"),
      (Contradiction(weights: [.vector("v", gradient: .gate(0), times: .previousMemory)]), "previousMemory"),
    ]
    for (cell, part) in wrong {
      #expect(cell.fault?.contains(part) == true, "\(cell.fault ?? "none") has no \"\(part)\"")
      #expect(throws: SeqError.self) { try cell.gradientError() }
    }
  }

  @Test func `a matrix that outlives its step ends the program`() async {
    await #expect(processExitsWith: .failure) { _ = try Hoarder().gradientError() }
  }
}
