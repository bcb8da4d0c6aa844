import SeqCore

/// Recurrent matrices with single weights dropped, for all sequences and steps of a batch alike (DropConnect, Wan et al.
/// 2013; on recurrent matrices Merity et al. 2018, "Regularizing and optimizing LSTM language models").
///
/// The packed copies are made from these, so that the steps themselves cost nothing more.
///
/// Unchecked because access is divided in time, not by a lock: see `WorkerTeam`.
final class RecurrentDrops: @unchecked Sendable {
  private let rate: Float
  private let slots: [ParameterSlot]
  /// By the slot's index: the factors, and the weights multiplied by them.
  private let buffers: [Int: (factors: FloatBuffer, values: FloatBuffer)]
  private var isOn = false

  init(_ layout: ParameterLayout, rate: Double) {
    self.rate = Float(rate)
    slots = rate > 0 ? layout.recurrent : []
    buffers = Dictionary(
      uniqueKeysWithValues: slots.map {
        ($0.index, (FloatBuffer(capacity: $0.rows * $0.columns), FloatBuffer(capacity: $0.rows * $0.columns)))
      })
  }

  /// Draws new factors. - Parameter seed: nil to drop nothing.
  func draw(of vector: ParameterVector, seed: Seed?, _ team: WorkerTeam) {
    isOn = seed != nil && !slots.isEmpty
    guard isOn, let seed else { return }
    team.run(slots.count) { [self] i in
      let slot = slots[i]
      guard let (factors, values) = buffers[slot.index] else { return }
      values.matrix(rows: slot.rows, columns: slot.columns).setDropout(
        of: vector[slot], rate: rate, seed: seed.child(slot.name).value,
        mask: factors.matrix(rows: slot.rows, columns: slot.columns))
    }
  }

  func values(of slot: ParameterSlot) -> Matrix? { view(slot) { $0.values } }

  func factors(of slot: ParameterSlot) -> Matrix? { view(slot) { $0.factors } }

  private func view(
    _ slot: ParameterSlot, _ part: ((factors: FloatBuffer, values: FloatBuffer)) -> FloatBuffer
  ) -> Matrix? {
    guard isOn, let pair = buffers[slot.index] else { return nil }
    return part(pair).matrix(rows: slot.rows, columns: slot.columns)
  }
}
