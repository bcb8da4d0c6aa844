/// Dropout and zoneout of the states of one direction over one sequence, with given masks.
package struct ReferenceNoise: Sendable {
  /// What h(t−1) is multiplied by where U sees it, for all steps; nil for none.
  package var factors: Vector?
  /// How far h stays as it was, and c, step by step of the sweep: 1 for wholly. Empty for not at all.
  package var hiddenZones: [Vector]
  package var cellZones: [Vector]

  package init(factors: Vector? = nil, hiddenZones: [Vector] = [], cellZones: [Vector] = []) {
    (self.factors, self.hiddenZones, self.cellZones) = (factors, hiddenZones, cellZones)
  }

  /// The state that goes on from a step.
  func changed(_ next: ReferenceState, after before: ReferenceState, step t: Int) -> ReferenceState {
    var next = next
    if !hiddenZones.isEmpty { next.hidden = kept(next.hidden, before.hidden, hiddenZones[t]) }
    if !cellZones.isEmpty, !next.cell.isEmpty { next.cell = kept(next.cell, before.cell, cellZones[t]) }
    next.multiplied = factors.map { times(next.hidden, $0) }
    return next
  }

  /// (1 − z) x + z x(t−1)
  private func kept(_ x: Vector, _ before: Vector, _ z: Vector) -> Vector {
    x.indices.map { (1 - z[$0]) * x[$0] + z[$0] * before[$0] }
  }
}
