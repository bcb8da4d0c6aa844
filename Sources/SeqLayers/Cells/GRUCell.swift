package import SeqTensor

/// Gated recurrent unit (Cho et al. 2014) with the reset gate after the product, as in PyTorch and cuDNN:
///
///     r, z = σ(W x + b + U h(t−1) + b′)          n = tanh(W x + b + r (U h(t−1) + b′))
///     h(t) = (1 − z) n + z h(t−1)
///
/// Backward, with a the pre-activations and u = U h(t−1) + b′:  da_n = dh (1 − z)(1 − n²);  da_r = da_n u_n r (1 − r);
/// da_z = dh (h(t−1) − n) z (1 − z);  du = (da_r, da_z, da_n r);  the direct part of dh(t−1) is dh z.
package struct GRUCell: FusedCell {
  package var gates: [String] { ["r", "z", "n"] }
  package var carriesHiddenGradient: Bool { true }
  package var memories: Int { 0 }
  package var keepsRecurrentProduct: Bool { true }
  package var kernel: CellKernel { .gru }

  package init() {}
}
