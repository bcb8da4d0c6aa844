import SeqCore
package import SeqTensor

/// An average of the weights of a fit, beside them: what is scored and kept instead of them.
package final class WeightAverage {
  private let settings: AveragingSettings
  private let vector: ParameterVector
  /// At the ends of the last epochs.
  private let recent: [ParameterVector]
  /// Whose rows are averaged one by one, as few of them may ever move.
  private let tables: SparseTables
  /// Chunks of the weights outside of these: what one task averages.
  private let chunks: [Range<Int>]
  /// The average, ready to be scored.
  package let weights: Weights

  /// nil if nothing is averaged.
  /// - Parameter tables: parameters whose rows only move once they have occurred.
  package init?(
    _ settings: AveragingSettings, layout: ParameterLayout, tables: SparseTables, precision: Precision
  ) {
    guard settings.kind != .none else { return nil }
    self.settings = settings
    self.tables = tables
    chunks = Self.chunks(layout, besides: Set(tables.slots.map(\.index)))
    vector = ParameterVector(layout)
    recent = settings.kind == .checkpoints ? (0..<settings.last).map { _ in ParameterVector(layout) } : []
    weights = Weights(vector, training: false, precision: precision)
  }

  /// What a checkpoint holds of it.
  package var vectors: [(name: String, vector: ParameterVector)] {
    [("average", vector)] + recent.enumerated().map { ("recent\($0)", $1) }
  }

  /// Whether every step counts, so that no row of the weights may lag behind.
  package var countsSteps: Bool { settings.kind != .checkpoints }

  /// Takes up the weights after a step.
  /// - Parameters:
  ///   - steps: that were made, this one included.
  ///   - epoch: the step's, from 0.
  ///   - rows: of the tables, those that may have moved; nil for all.
  ///   - counted: the steps that the mean is over; one more afterwards, if this one counts.
  package func add(
    _ current: ParameterVector, rows: [Int32]? = nil, steps: Int, epoch: Int, counted: inout Int, team: WorkerTeam
  ) {
    switch settings.kind {
    case .none, .checkpoints: return
    case .ema:
      let decay = min(settings.decay, (1 + Double(steps)) / (10 + Double(steps)))
      move(to: current, rows, by: counted == 0 ? 1 : 1 - decay, team)
    case .mean:
      guard epoch >= settings.from else { return }
      move(to: current, rows, by: 1 / Double(counted + 1), team)
    }
    counted += 1
  }

  /// vector += share · (current − vector)
  private func move(to current: ParameterVector, _ rows: [Int32]?, by share: Double, _ team: WorkerTeam) {
    let (average, current, chunks, tables) = (vector.flat, current.flat, chunks, tables)
    if share == 1 { return average.copy(from: current) }
    let (rowCount, perTask) = (rows?.count ?? tables.rows, Self.rowsOfATask)
    team.run(chunks.count + (rowCount + perTask - 1) / perTask) { task in
      func move(_ range: Range<Int>) { average.columns(range).move(to: current.columns(range), by: Float(share)) }
      guard task >= chunks.count else { return move(chunks[task]) }
      let start = (task - chunks.count) * perTask
      for i in start..<min(rowCount, start + perTask) { move(tables.range(ofRow: rows.map { Int($0[i]) } ?? i)) }
    }
  }

  private static let block = 1 << 14, rowsOfATask = 256

  private static func chunks(_ layout: ParameterLayout, besides others: Set<Int>) -> [Range<Int>] {
    layout.slots.enumerated().flatMap { i, slot -> [Range<Int>] in
      if others.contains(slot.index) { return [] }
      let end = i + 1 < layout.slots.count ? layout.slots[i + 1].offset : layout.count
      return stride(from: slot.offset, to: end, by: block).map { $0..<min(end, $0 + block) }
    }
  }

  /// Takes up the weights at the end of an epoch, and makes the average ready to be scored.
  /// - Parameters:
  ///   - epoch: from 0.
  ///   - counted: steps that the mean is over; without any it is the weights themselves.
  package func endEpoch(_ current: ParameterVector, epoch: Int, counted: Int, team: WorkerTeam) {
    if settings.kind == .checkpoints {
      recent[epoch % recent.count].flat.copy(from: current.flat)
      let count = min(epoch + 1, recent.count)
      vector.flat.fill(0)
      for part in recent[..<count] { vector.flat.add(1 / Float(count), times: part.flat) }
    } else if counted == 0 {
      vector.flat.copy(from: current.flat)
    }
    weights.refresh(team)
  }
}
