package import SeqTensor

/// The simple recurrent network of Elman 1990: h(t) = f(W x(t) + b + U h(t−1) + b′).
package struct ElmanCell: RecurrentCell {
  package let activation: Activation
  package var gates: [String] { ["h"] }
  package var memories: Int { 0 }
  package var keepsRecurrentProduct: Bool { false }
  package var carriesHidden: Bool { false }

  package init(activation: Activation = .tanh) { self.activation = activation }

  package func forward(_ step: CellStep) { elmanStep(activation, gates: step.gates, hidden: step.hidden) }

  /// da = dh · f′(a), and f′ is told from f(a).
  package func backward(_ step: CellStep, dHidden: Matrix, dMemory: Matrix) {
    elmanStepBackward(activation, gates: step.gates, dHidden: dHidden)
  }
}
