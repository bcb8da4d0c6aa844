package import CSeqKernels

/// What one optimiser does to every weight at a step. The list of rules and what they compute are in `seqk_rules.h`.
package typealias UpdateRule = seqk_rule

/// The numbers of one optimiser step, the same for all weights.
package struct UpdateStep: Sendable {
  /// Learning rate, after the schedule.
  package var rate: Float = 0
  /// Factor on the gradient, from clipping.
  package var scale: Float = 1
  package var weightDecay: Float = 0
  /// Whether the decay acts on the weight and not on the gradient (AdamW).
  package var isDecoupled = false
  package var momentum: Float = 0
  package var isNesterov = false
  /// Whether it is the first step, when SGD's momentum starts as the gradient.
  package var isFirst = false
  package var beta1: Float = 0
  /// Decay of the squared gradient; RMSProp's α, Adadelta's ρ.
  package var beta2: Float = 0
  package var epsilon: Float = 0
  /// 1 − β₁ᵗ
  package var correction1: Float = 1
  /// 1 − β₂ᵗ
  package var correction2: Float = 1
  /// NAdam's factors on the gradient and on the first moment, the learning rate included.
  package var gradientFactor: Float = 0
  package var momentFactor: Float = 0

  package init() {}
}

extension Matrix {
  /// One optimiser step: self are weights, and `moments` the rule's running values, or nil where it has none.
  package func update(_ rule: UpdateRule, _ step: UpdateStep, gradient: Matrix, moments: (Matrix?, Matrix?, Matrix?)) {
    Kernels.update(rule, step, weights: self, gradient: gradient, moments: moments)
  }
}
