import SeqCore
import SeqTensor

/// What is done to the states of a recurrent layer in training, so that it does not rely on single units.
package struct StateNoise: Sendable, Hashable {
  /// The probability of a unit to be dropped from h(t−1) where that is multiplied by U, for all steps of a sequence alike
  /// (Gal and Ghahramani 2016).
  package var dropout = 0.0
  /// The probability of a unit to stay as it was at the step before, h and an LSTM's c each by itself and anew at every
  /// step (Krueger et al. 2017, "Zoneout"). In inference, units are as far between as they are in the mean.
  package var zoneout = 0.0

  package init(dropout: Double = 0, zoneout: Double = 0) { (self.dropout, self.zoneout) = (dropout, zoneout) }
}

/// The masks of one direction over one shard, and the states as they change them.
///
/// Row r of every matrix of rows belongs to row r of the packed batch, row s of a matrix of sequences to sequence s.
final class StateNoisePass {
  private let noise: StateNoise
  private let name: String
  private let hasMemory: Bool
  private let ones = FloatBuffer(), maskBuffer = FloatBuffer(), drawnBuffer = FloatBuffer()
  private let zoneBuffers = (hidden: FloatBuffer(), memory: FloatBuffer())
  private let candidateBuffer = FloatBuffer(), droppedBuffer = FloatBuffer(), initialBuffer = FloatBuffer()
  private let gradientBuffer = FloatBuffer(), passedBuffer = FloatBuffer()
  /// What sequences' units are multiplied by [sequences, H]; nil where nothing is dropped.
  private var mask: Matrix?
  /// How far h, and c, stay as they were [rows, H].
  private var zones: (hidden: Matrix, memory: Matrix)
  /// What passes by the cell from step to step, ∂L/∂h and ∂L/∂c [sequences, H].
  private var kept: (hidden: Matrix, memory: Matrix)
  /// [rows, H]: h before zoneout; nil without.
  private(set) var candidate: Matrix?
  /// [rows, H] and [sequences, H]: h, and the first one, as U sees them; nil where nothing is dropped.
  private(set) var dropped: Matrix?
  private(set) var droppedInitial: Matrix?

  /// nil if there is no noise.
  init?(_ noise: StateNoise, cell: any RecurrentCell, name: String) {
    guard noise.dropout > 0 || noise.zoneout > 0 else { return nil }
    (self.noise, self.name) = (noise, name)
    let empty = ones.matrix(rows: 0, columns: 0)
    (zones, kept) = ((empty, empty), (empty, empty))
    hasMemory = cell.carriesMemory
  }

  /// Draws the masks of a batch.
  /// - Parameter initial: [sequences, H], or no rows for zeros.
  func begin(_ shape: PackedShape, hidden size: Int, initial: Matrix, mode: Mode) {
    (mask, dropped, droppedInitial, candidate) = (nil, nil, nil, nil)
    if noise.dropout > 0, case .training(let seed) = mode {
      let mask = maskBuffer.reserve(rows: shape.sequences, columns: size)
      draw(mask, rate: noise.dropout, seed.child(name))
      self.mask = mask
      dropped = droppedBuffer.reserve(rows: shape.rows, columns: size)
      let start = initialBuffer.reserve(rows: initial.rows, columns: size)
      if initial.rows > 0 { start.setRows(of: initial, times: mask) }
      droppedInitial = start
    }
    guard noise.zoneout > 0 else { return }
    candidate = candidateBuffer.reserve(rows: shape.rows, columns: size)
    zones.hidden = zoneBuffers.hidden.reserve(rows: shape.rows, columns: size)
    drawZone(zones.hidden, 0, mode)
    guard hasMemory else { return }
    zones.memory = zoneBuffers.memory.reserve(rows: shape.rows, columns: size)
    drawZone(zones.memory, 1, mode)
  }

  /// How far each unit stays as it was: wholly or not at all in training.
  private func drawZone(_ zone: Matrix, _ index: Int, _ mode: Mode) {
    guard case .training(let seed) = mode else { return zone.fill(Float(noise.zoneout)) }
    draw(zone, rate: noise.zoneout, seed.child(name).child("zoneout", index))
    for r in 0..<zone.rows { for j in 0..<zone.columns { zone[r, j] = zone[r, j] == 0 ? 1 : 0 } }
  }

  private func draw(_ mask: Matrix, rate: Double, _ seed: Seed) {
    let ones = ones.reserve(rows: mask.rows, columns: mask.columns)
    ones.fill(1)
    ones.setDropout(of: ones, rate: Float(rate), seed: seed.value, mask: mask)
  }

  /// After a step of the cell: h and c as they go on.
  /// - Parameters:
  ///   - now: the step's rows.
  ///   - hidden: [n, H]: becomes h(t).
  ///   - step: what the cell has made, with the candidate in the place of h(t).
  func finish(_ now: Range<Int>, hidden: Matrix, _ step: CellStep) {
    if let candidate {
      keep(candidate.rows(now), step.previousHidden, zones.hidden.rows(now), into: hidden)
      if hasMemory {
        let cell = step.memory(0)
        keep(cell, step.previousMemory(0), zones.memory.rows(now), into: cell)
      }
    }
    if let mask, let dropped { dropped.rows(now).setRows(of: hidden, times: mask.rows(0..<now.count)) }
  }

  /// (1 − z) x + z x(t−1), which is 0 before the first step.
  private func keep(_ x: Matrix, _ previous: Matrix?, _ z: Matrix, into y: Matrix) {
    let continuing = 0..<(previous?.rows ?? 0)
    let starting = continuing.upperBound..<x.rows
    if let previous, !continuing.isEmpty {
      y.rows(continuing).setBlend(of: x.rows(continuing), and: previous, by: z.rows(continuing))
    }
    guard !starting.isEmpty else { return }
    let start = y.rows(starting)
    if !y.isSame(as: x) { start.copy(from: x.rows(starting)) }
    start.subtract(x.rows(starting), times: z.rows(starting))
  }

  func beginBackward(_ shape: PackedShape, hidden size: Int) {
    let all = passedBuffer.reserve(rows: shape.sequences, columns: 2 * size)
    all.fill(0)
    kept = (all.columns(0..<size), all.columns(size..<2 * size))
  }

  /// ∂L/∂ of what the cell gave, and what it needs to go on: no step seems to follow it.
  func gradient(_ now: Range<Int>, _ gradient: StepGradient, _ cell: any RecurrentCell) -> StepGradient {
    let size = gradient.dOutput.columns
    let sum = gradientBuffer.reserve(rows: now.count, columns: size)
    sum.copy(from: gradient.dOutput)
    let following = gradient.following.rows
    if following > 0, let u = gradient.recurrentWeights {
      let back = drawnBuffer.reserve(rows: following, columns: size)
      back.setProduct(gradient.following, u)
      if let mask { back.setRows(of: back, times: mask.rows(0..<following)) }
      sum.rows(0..<following).add(back)
    }
    if candidate != nil {
      sum.add(kept.hidden.rows(0..<now.count))
      if cell.carriesHiddenGradient {
        sum.add(gradient.carry)
        gradient.carry.fill(0)
      }
      pass(sum, zones.hidden.rows(now), into: kept.hidden.rows(0..<now.count))
      if hasMemory {
        pass(gradient.carry.columns(0..<size), zones.memory.rows(now), into: kept.memory.rows(0..<now.count))
      }
    }
    return StepGradient(
      dOutput: sum, following: gradient.following.rows(0..<0), recurrentWeights: gradient.recurrentWeights,
      carry: gradient.carry, scratches: gradient.scratches)
  }

  /// What stays takes its share of a gradient.
  private func pass(_ gradient: Matrix, _ zone: Matrix, into kept: Matrix) {
    kept.setRows(of: gradient, times: zone)
    gradient.subtract(gradient, times: zone)
  }

  /// After the cell's way back: ∂L/∂c(t−1) is what came through the cell and what passed by it.
  func finishBackward(_ now: Range<Int>, _ gradient: StepGradient) {
    guard candidate != nil, hasMemory else { return }
    gradient.carry.columns(0..<gradient.dOutput.columns).add(kept.memory.rows(0..<now.count))
  }
}
