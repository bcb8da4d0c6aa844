extension ReferenceCell {
  package static let gru = ReferenceCell("gru", gruStep)
  package static let gruResetBefore = ReferenceCell("gru-reset-before", gruResetBeforeStep)
  package static let mgu = ReferenceCell("mgu", mguStep)
  package static let mut1 = ReferenceCell("mut1", mut1Step)
  package static let mut2 = ReferenceCell("mut2", mut2Step)
  package static let mut3 = ReferenceCell("mut3", mut3Step)
  package static let sru = ReferenceCell("sru", carriesMemory: true, sruStep)
  /// The GRU and its relatives, and the SRU.
  static let gated = [gru, gruResetBefore, mgu, mut1, mut2, mut3, sru]

  /// With the rows of W x + b and U h(t−1) + b′ cut into r, z, n:
  ///
  ///     r = σ(ih_r + hh_r)   z = σ(ih_z + hh_z)   n = tanh(ih_n + r hh_n)
  ///     h(t) = (1 − z) n + z h(t−1)
  private static func gruStep(_ tensors: CellTensors) -> Step {
    let (w, u, b, bPrime) = tensors.pytorch
    let size = tensors.hidden
    return { x, state in
      let (ih, hh) = (sum(product(w, x), b), sum(product(u, state.seen), bPrime))
      var next = state
      for j in 0..<size {
        let r = sigmoid(ih[j] + hh[j])
        let z = sigmoid(ih[size + j] + hh[size + j])
        let n = tanhOf(ih[2 * size + j] + r * hh[2 * size + j])
        next.hidden[j] = (1 - z) * n + z * state.hidden[j]
      }
      return next
    }
  }

  /// Cho et al. 2014; W and b for r, z and the candidate, U for r and z, `weight_candidate` U_n:
  ///
  ///     n = tanh(W_n x + U_n (r h(t−1)) + b_n)     h(t) = (1 − z) h(t−1) + z n
  private static func gruResetBeforeStep(_ tensors: CellTensors) -> Step {
    let (w, u, b) = (tensors["weight_ih"], tensors["weight_hh"], tensors["bias_ih"])
    let candidate = tensors["weight_candidate"]
    return { x, state in
      let h = state.hidden
      let (ih, hh) = (sum(product(w, x), b), product(u, state.seen))
      let r = sum(tensors.gate(0, of: ih), tensors.gate(0, of: hh)).map(sigmoid)
      let z = sum(tensors.gate(1, of: ih), tensors.gate(1, of: hh)).map(sigmoid)
      let n = sum(tensors.gate(2, of: ih), product(candidate, times(r, h))).map(tanhOf)
      return ReferenceState(hidden: blend(h, n, z))
    }
  }

  /// Zhou et al. 2016; W and b for f and the candidate, U for f.
  private static func mguStep(_ tensors: CellTensors) -> Step {
    let (w, u, b) = (tensors["weight_ih"], tensors["weight_hh"], tensors["bias_ih"])
    let candidate = tensors["weight_candidate"]
    return { x, state in
      let h = state.hidden
      let ih = sum(product(w, x), b)
      let f = sum(tensors.gate(0, of: ih), product(u, state.seen)).map(sigmoid)
      let n = sum(tensors.gate(1, of: ih), product(candidate, times(f, h))).map(tanhOf)
      return ReferenceState(hidden: blend(h, n, f))
    }
  }

  /// Jozefowicz et al. 2015; W for r and z, U for r, `bias` for r, z and n. If x is not as wide as h, W has rows for n too:
  ///
  ///     z = σ(W_z x + b_z)                                  r = σ(W_r x + U_r h(t−1) + b_r)
  ///     n = tanh(U_n (r h(t−1)) + tanh(x or W_n x) + b_n)   h(t) = n z + h(t−1) (1 − z)
  private static func mut1Step(_ tensors: CellTensors) -> Step {
    let (w, u, b, candidate) = (
      tensors["weight_ih"], tensors["weight_hh"], tensors["bias"], tensors["weight_candidate"]
    )
    return { x, state in
      let (h, ih) = (state.hidden, product(w, x))
      let direct = tensors.input == tensors.hidden ? x : tensors.gate(2, of: ih)
      let r = sum(sum(tensors.gate(0, of: ih), product(u, state.seen)), tensors.gate(0, of: b)).map(sigmoid)
      let z = sum(tensors.gate(1, of: ih), tensors.gate(1, of: b)).map(sigmoid)
      let sums = sum(product(candidate, times(r, h)), direct.map(tanhOf))
      return ReferenceState(hidden: blend(h, sum(sums, tensors.gate(2, of: b)).map(tanhOf), z))
    }
  }

  /// Jozefowicz et al. 2015; W for z and n, b for z, n and r, U for z, `weight_reset` U_r. If x is not as wide as h, W has
  /// rows for r too:
  ///
  ///     z = σ(W_z x + U_z h(t−1) + b_z)                r = σ((x or W_r x) + U_r h(t−1) + b_r)
  ///     n = tanh(U_n (r h(t−1)) + W_n x + b_n)         h(t) = n z + h(t−1) (1 − z)
  private static func mut2Step(_ tensors: CellTensors) -> Step {
    let (w, u, b) = (tensors["weight_ih"], tensors["weight_hh"], tensors["bias_ih"])
    let (reset, candidate) = (tensors["weight_reset"], tensors["weight_candidate"])
    return { x, state in
      let (h, ih) = (state.hidden, product(w, x))
      let direct = tensors.input == tensors.hidden ? x : tensors.gate(2, of: ih)
      let z = sum(sum(tensors.gate(0, of: ih), product(u, state.seen)), tensors.gate(0, of: b)).map(sigmoid)
      let r = sum(sum(direct, product(reset, h)), tensors.gate(2, of: b)).map(sigmoid)
      let sums = sum(product(candidate, times(r, h)), tensors.gate(1, of: ih))
      return ReferenceState(hidden: blend(h, sum(sums, tensors.gate(1, of: b)).map(tanhOf), z))
    }
  }

  /// Jozefowicz et al. 2015; W and b for r, z and n, U for r, `weight_update` U_z:
  ///
  ///     z = σ(W_z x + U_z tanh(h(t−1)) + b_z)          r = σ(W_r x + U_r h(t−1) + b_r)
  ///     n = tanh(U_n (r h(t−1)) + W_n x + b_n)         h(t) = n z + h(t−1) (1 − z)
  private static func mut3Step(_ tensors: CellTensors) -> Step {
    let (w, u, b) = (tensors["weight_ih"], tensors["weight_hh"], tensors["bias_ih"])
    let (update, candidate) = (tensors["weight_update"], tensors["weight_candidate"])
    return { x, state in
      let h = state.hidden
      let ih = sum(product(w, x), b)
      let r = sum(tensors.gate(0, of: ih), product(u, state.seen)).map(sigmoid)
      let z = sum(tensors.gate(1, of: ih), product(update, h.map(tanhOf))).map(sigmoid)
      let n = sum(tensors.gate(2, of: ih), product(candidate, times(r, h))).map(tanhOf)
      return ReferenceState(hidden: blend(h, n, z))
    }
  }

  /// Lei et al. 2018; W for g, f and r, `bias` for f and r, `peephole_f` v_f, `peephole_r` v_r. If x is not as wide as h, W
  /// has rows for x too:
  ///
  ///     f = σ(W_f x + v_f c(t−1) + b_f)     c(t) = f c(t−1) + (1 − f) W_g x
  ///     r = σ(W_r x + v_r c(t−1) + b_r)     h(t) = r c(t) + (1 − r) (x or W_x x)
  private static func sruStep(_ tensors: CellTensors) -> Step {
    let (w, b) = (tensors["weight_ih"], tensors["bias"])
    let (vf, vr) = (tensors["peephole_f"], tensors["peephole_r"])
    return { x, state in
      let (before, ih) = (state.cell, product(w, x))
      let direct = tensors.input == tensors.hidden ? x : tensors.gate(3, of: ih)
      let f = sum(sum(tensors.gate(1, of: ih), times(vf, before)), tensors.gate(0, of: b)).map(sigmoid)
      let r = sum(sum(tensors.gate(2, of: ih), times(vr, before)), tensors.gate(1, of: b)).map(sigmoid)
      let c = blend(tensors.gate(0, of: ih), before, f)
      return ReferenceState(hidden: blend(direct, c, r), cell: c)
    }
  }
}

/// (1 − z) h + z n
private func blend(_ h: Vector, _ n: Vector, _ z: Vector) -> Vector {
  h.indices.map { (1 - z[$0]) * h[$0] + z[$0] * n[$0] }
}
