import CSeqKernels

/// The steps that an optimiser has made lately, in order, for weights that were left out of them.
@safe
package final class UpdateHistory: @unchecked Sendable {
  /// Steps that it has room for.
  package let capacity: Int
  /// Steps that it holds.
  package private(set) var count = 0
  /// As the kernels read them.
  let steps: UnsafeMutablePointer<seqk_step>

  package init(capacity: Int) {
    self.capacity = capacity
    unsafe steps = .allocate(capacity: capacity)
  }

  deinit { unsafe steps.deallocate() }

  /// Adds a step. - Precondition: there is room.
  package func append(_ step: UpdateStep) {
    precondition(count < capacity, "more than \(capacity) steps")
    unsafe (steps + count).initialize(to: step.kernel)
    count += 1
  }

  package func removeAll() { count = 0 }
}

extension Matrix {
  /// The steps of a history from the `first` on, which self, weights, missed because their gradient was 0: the bits of
  /// as many calls of `update`.
  package func replay(
    _ rule: UpdateRule, _ history: UpdateHistory, from first: Int, moments: (Matrix?, Matrix?, Matrix?)
  ) {
    Kernels.replay(rule, history, from: first, weights: self, moments: moments)
  }
}
