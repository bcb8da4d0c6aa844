package import SeqTensor

/// Long short-term memory with a forget gate (Hochreiter and Schmidhuber 1997; Gers et al. 2000), as in PyTorch:
///
///     i, f, o = σ(W x + b + U h(t−1) + b′)      g = tanh(…)
///     c(t) = f c(t−1) + i g                      h(t) = o tanh c(t)
///
/// Backward: dc = dc(t) + dh o (1 − tanh² c);  di = dc g i (1 − i);  df = dc c(t−1) f (1 − f);  dg = dc i (1 − g²);
/// do = dh tanh c o (1 − o);  dc(t−1) = dc f.
///
/// Without peepholes it is the variant NP of Greff et al. 2017.
package struct LSTMCell: FusedCell {
  package var gates: [String] { ["i", "f", "g", "o"] }
  package var memories: Int { 2 }  // c, tanh c
  package var keepsRecurrentProduct: Bool { false }
  package var kernel: CellKernel { .lstm }
  package var startingBiases: [(gate: Int, value: Float)] { [(1, forgetBias)] }
  private let forgetBias: Float

  /// - Parameter forgetBias: is added to where the forget gate's bias starts.
  package init(forgetBias: Double = 0) { self.forgetBias = Float(forgetBias) }
}
