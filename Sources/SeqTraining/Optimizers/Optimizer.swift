package import SeqTensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Moves the weights along the gradient. Its state is the number of steps made and up to three running vectors.
///
/// The rows of an embedding table whose tokens do not occur in a batch have no gradient. They are not touched then: what
/// the rule would do to them is done when they are needed (`catchUp`, `settle`), or never, if the settings are lazy.
package final class Optimizer {
  package let settings: OptimizerSettings
  private let traits: OptimizerTraits
  /// Steps made so far.
  package private(set) var steps = 0
  /// The running vectors: momentum or first moment, second moment, and a third for AMSGrad.
  package let moments: [ParameterVector?]
  /// NAdam's Π μ over the steps made.
  private var momentumProduct = 1.0
  /// The parameters whose rows only move when they occur.
  private let tables: SparseTables
  /// What such rows have missed; nil if a gradient of zero changes nothing, or is to change nothing.
  private var missed: MissedSteps?
  /// Chunks of all other weights: what one task moves.
  private let chunks: [Chunk]

  /// Weights of one task that all decay or do not.
  private struct Chunk: Sendable {
    let range: Range<Int>
    let decays: Bool
  }

  /// - Parameters:
  ///   - tables: embeddings whose gradients have only the rows that `step` is told of.
  ///   - frozen: parameters that stay as they are.
  package init(
    _ settings: OptimizerSettings, layout: ParameterLayout, tables: SparseTables, frozen: [ParameterSlot] = []
  ) {
    self.settings = settings
    traits = settings.kind.traits
    self.tables = tables
    moments = settings.usesMoments.map { $0 ? ParameterVector(layout) : nil }
    let moves = settings.movesIdleRows && !settings.isLazy
    let decay = settings.weightDecay > 0 && settings.decaysEmbeddings
    missed = moves && tables.rows > 0 ? MissedSteps(rows: tables.rows, decay: decay) : nil
    let still = Set((tables.slots + frozen).map(\.index))
    chunks = Self.parts(layout, settings, besides: still).flatMap { part in
      stride(from: part.range.lowerBound, to: part.range.upperBound, by: Self.block).map {
        Chunk(range: $0..<min(part.range.upperBound, $0 + Self.block), decays: part.decays)
      }
    }
  }

  /// - Parameter table: an embedding whose gradient has only the rows that `step` is told of.
  package convenience init(_ settings: OptimizerSettings, layout: ParameterLayout, table: ParameterSlot? = nil) {
    self.init(settings, layout: layout, tables: SparseTables(table.map { [$0] } ?? []))
  }

  /// The weights outside of some parameters, in parts that begin where decay begins or ends.
  private static func parts(
    _ layout: ParameterLayout, _ settings: OptimizerSettings, besides others: Set<Int>
  ) -> [Chunk] {
    var parts: [Chunk] = []
    for (i, slot) in layout.slots.enumerated() where !others.contains(slot.index) {
      let end = i + 1 < layout.slots.count ? layout.slots[i + 1].offset : layout.count
      let decays = settings.decaysBiases || slot.shape.count > 1
      if let last = parts.last, last.range.upperBound == slot.offset, last.decays == decays {
        parts[parts.count - 1] = Chunk(range: last.range.lowerBound..<end, decays: decays)
      } else {
        parts.append(Chunk(range: slot.offset..<end, decays: decays))
      }
    }
    return parts
  }

  /// Takes up the state of an optimiser that made `steps` steps and was settled; its moments are restored by the caller.
  package func resume(steps: Int) {
    self.steps = 0
    momentumProduct = 1
    for _ in 0..<steps { advance() }
    if steps > 0 { missed?.moveAll() }
  }

  /// Rows of the tables that have moved, or may have; nil if that is not known.
  package var movingRows: [Int32]? { missed?.moving }

  /// Makes the steps that some rows of the tables have missed. Call it before their weights are used.
  package func catchUp(_ rows: [Int32], of weights: ParameterVector, team: WorkerTeam) {
    missed?.call(rows)
    replay(weights, team)
  }

  /// Makes the steps that any row of the tables has missed. Call it before all weights are used or saved.
  package func settle(_ weights: ParameterVector, team: WorkerTeam) {
    missed?.callAll()
    replay(weights, team)
    missed?.forget()
  }

  /// One step on all weights, as far as they have a gradient.
  /// - Parameters:
  ///   - rows: of the tables, those that have a gradient; each once. `catchUp` has been told of them.
  ///   - rate: the learning rate of this step.
  ///   - scale: the factor on the gradient, from clipping.
  package func step(
    _ weights: ParameterVector, gradient: ParameterVector, rows: [Int32] = [], rate: Double, scale: Double,
    team: WorkerTeam
  ) {
    let constants = advance(rate: rate, scale: scale)
    var withoutDecay = constants
    withoutDecay.weightDecay = 0
    let (still, ofTable) = (withoutDecay, settings.decaysEmbeddings ? constants : withoutDecay)
    let (rule, views, chunks) = (traits.rule, Views(weights, moments), chunks)
    let gradient = gradient.flat
    let tables = tables
    team.run(chunks.count + (rows.count + Self.rowsOfATask - 1) / Self.rowsOfATask) { task in
      guard task >= chunks.count else {
        let chunk = chunks[task]
        return views.update(chunk.range, rule, chunk.decays ? constants : still, gradient)
      }
      let start = (task - chunks.count) * Self.rowsOfATask
      for i in start..<min(rows.count, start + Self.rowsOfATask) {
        views.update(tables.range(ofRow: Int(rows[i])), rule, ofTable, gradient)
      }
    }
    missed?.append(ofTable, madeBy: rows)
    if missed?.isFull == true { settle(weights, team: team) }
  }

  /// Makes the steps that are due.
  private func replay(_ weights: ParameterVector, _ team: WorkerTeam) {
    guard let missed, !missed.due.isEmpty else { return }
    let (rule, views, history, due) = (traits.rule, Views(weights, moments), missed.history, missed.due)
    let tables = tables
    team.run((due.count + Self.rowsOfATask - 1) / Self.rowsOfATask) { task in
      for i in task * Self.rowsOfATask..<min(due.count, (task + 1) * Self.rowsOfATask) {
        views.replay(tables.range(ofRow: Int(due[i].row)), rule, history, from: Int(due[i].first))
      }
    }
  }

  /// Weights of one task.
  private static let block = 16_384
  /// Rows of the tables of one task.
  private static let rowsOfATask = 32

  private func advance() {
    steps += 1
    momentumProduct *= nadamMomentum(steps)
  }

  /// μ(t) = β₁ (1 − ½ · 0.96^(t ψ))
  private func nadamMomentum(_ t: Int) -> Double {
    settings.beta1 * (1 - 0.5 * pow(0.96, Double(t) * settings.momentumDecay))
  }

  private func advance(rate: Double, scale: Double) -> UpdateStep {
    advance()
    var step = UpdateStep()
    step.rate = Float(rate)
    step.scale = Float(scale)
    step.weightDecay = Float(settings.weightDecay)
    step.isDecoupled = settings.isDecoupled
    step.momentum = Float(settings.momentum)
    step.isNesterov = settings.isNesterov
    step.isFirst = steps == 1
    step.beta1 = Float(settings.beta1)
    step.beta2 = Float(traits.keys.contains(.decay) ? settings.decay : settings.beta2)
    step.epsilon = Float(settings.epsilon)
    step.correction1 = Float(1 - pow(settings.beta1, Double(steps)))
    step.correction2 = Float(1 - pow(settings.beta2, Double(steps)))
    let (now, next) = (nadamMomentum(steps), nadamMomentum(steps + 1))
    step.gradientFactor = Float(rate * (1 - now) / (1 - momentumProduct))
    step.momentFactor = Float(rate * next / (1 - momentumProduct * next))
    return step
  }
}

/// Weights and their moments, flat.
private struct Views: Sendable {
  let weights: Matrix
  let moments: (Matrix?, Matrix?, Matrix?)

  init(_ weights: ParameterVector, _ moments: [ParameterVector?]) {
    self.weights = weights.flat
    self.moments = (moments[0]?.flat, moments[1]?.flat, moments[2]?.flat)
  }

  func update(_ range: Range<Int>, _ rule: UpdateRule, _ step: UpdateStep, _ gradient: Matrix) {
    weights.columns(range).update(rule, step, gradient: gradient.columns(range), moments: moments(range))
  }

  func replay(_ range: Range<Int>, _ rule: UpdateRule, _ history: UpdateHistory, from first: Int) {
    weights.columns(range).replay(rule, history, from: first, moments: moments(range))
  }

  private func moments(_ range: Range<Int>) -> (Matrix?, Matrix?, Matrix?) {
    (moments.0?.columns(range), moments.1?.columns(range), moments.2?.columns(range))
  }
}
