package import SeqTensor

/// The simple recurrent network of Elman 1990: h(t) = f(W x(t) + b + U h(t−1) + b′).
///
/// Backward: da = dh f′(a), and f′ is told from f(a).
package struct ElmanCell: FusedCell {
  package let activation: Activation
  package var gates: [String] { ["h"] }
  package var memories: Int { 0 }
  package var gateIsState: Bool { true }
  package var keepsRecurrentProduct: Bool { false }
  package var kernel: CellKernel { .elman(activation) }

  package init(activation: Activation = .tanh) { self.activation = activation }
}
