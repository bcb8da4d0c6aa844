extension ReferenceCell {
  package static let lstm = ReferenceCell("lstm", carriesMemory: true, lstmStep)
  package static let lstmPeephole = variant("lstm-peephole")
  package static let lstmNIG = variant("lstm-nig")
  package static let lstmNFG = variant("lstm-nfg")
  package static let lstmNOG = variant("lstm-nog")
  package static let lstmNIAF = variant("lstm-niaf")
  package static let lstmNOAF = variant("lstm-noaf")
  package static let lstmCIFG = variant("lstm-cifg")
  package static let lstmNP = ReferenceCell("lstm-np", carriesMemory: true, lstmStep)
  package static let lstmFGR = variant("lstm-fgr")
  package static let lstmLayerNorm = ReferenceCell("lstm-layer-norm", carriesMemory: true, layerNormStep)
  /// The LSTM and its variants.
  static let lstms = [
    lstm, lstmPeephole, lstmNIG, lstmNFG, lstmNOG, lstmNIAF, lstmNOAF, lstmCIFG, lstmNP, lstmFGR, lstmLayerNorm,
  ]

  /// With a = W x + b + U h(t−1) + b′ cut into a_i, a_f, a_g, a_o:
  ///
  ///     i = σ(a_i)   f = σ(a_f)   g = tanh(a_g)   o = σ(a_o)
  ///     c(t) = f c(t−1) + i g     h(t) = o tanh(c(t))
  private static func lstmStep(_ tensors: CellTensors) -> Step {
    let (w, u, b, bPrime) = tensors.pytorch
    let size = tensors.hidden
    return { x, state in
      let a = sum(sum(product(w, x), b), sum(product(u, state.seen), bPrime))
      var next = state
      for j in 0..<size {
        let i = sigmoid(a[j])
        let f = sigmoid(a[size + j])
        let g = tanhOf(a[2 * size + j])
        let o = sigmoid(a[3 * size + j])
        next.cell[j] = f * state.cell[j] + i * g
        next.hidden[j] = o * tanhOf(next.cell[j])
      }
      return next
    }
  }

  private static func variant(_ name: String) -> ReferenceCell {
    ReferenceCell(name, carriesMemory: true) { variantStep(name, $0) }
  }

  /// The nine cells of Greff et al. 2017 with peepholes, W and U having those of the gates i, f, g, o that the cell has:
  ///
  ///     z = tanh(a_g)   i = σ(a_i + p_i c(t−1))   f = σ(a_f + p_f c(t−1))   o = σ(a_o + p_o c(t))
  ///     c(t) = z i + c(t−1) f                     y(t) = tanh(c(t)) o
  ///
  /// With `weight_gates` R, a_s gets R_s [i; f; o](t−1) for each s of i, f, o.
  private static func variantStep(_ name: String, _ tensors: CellTensors) -> Step {
    let size = tensors.hidden
    let order = ["i", "f", "g", "o"].filter { gate in
      !((name == "lstm-nig" && gate == "i") || (name == "lstm-nog" && gate == "o")
        || ((name == "lstm-nfg" || name == "lstm-cifg") && gate == "f"))
    }
    let (w, u, b) = (tensors["weight_ih"], tensors["weight_hh"], tensors["bias_ih"])
    let peepholes = Dictionary(
      uniqueKeysWithValues: order.filter { $0 != "g" }.map { ($0, tensors["peephole_\($0)"]) })
    let recurrence = name == "lstm-fgr" ? tensors["weight_gates"] : []
    return { x, state in
      let sums = sum(sum(product(w, x), product(u, state.seen)), b)
      let fromGates = recurrence.isEmpty ? [] : product(recurrence, state.gates.flatMap { $0 })
      // The sum of a gate, or nil if the cell lacks it.
      let a = { (gate: String, cell: Vector?) -> Vector? in
        guard let place = order.firstIndex(of: gate) else { return nil }
        var result = tensors.gate(place, of: sums)
        if let cell, let peephole = peepholes[gate] { result = sum(result, times(peephole, cell)) }
        if !fromGates.isEmpty, let part = ["i", "f", "o"].firstIndex(of: gate) {
          result = sum(result, tensors.gate(part, of: fromGates))
        }
        return result
      }
      let one = Vector(repeating: 1, count: size)
      let z = (a("g", nil) ?? []).map { name == "lstm-niaf" ? $0 : tanhOf($0) }
      let i = a("i", state.cell)?.map(sigmoid) ?? one
      let f = name == "lstm-cifg" ? i.map { 1 - $0 } : a("f", state.cell)?.map(sigmoid) ?? one
      let c = sum(times(z, i), times(state.cell, f))
      let o = a("o", c)?.map(sigmoid) ?? one
      let y = times(c.map { name == "lstm-noaf" ? $0 : tanhOf($0) }, o)
      return ReferenceState(hidden: y, cell: c, gates: [i, f, o])
    }
  }

  /// Layer normalisation of Ba et al. 2016, equations 20 to 22, with N(v) = (v − mean) / √(variance + 1e-5):
  ///
  ///     a = gain_ih N(W x) + gain_hh N(U h(t−1)) + bias, cut into a_i, a_f, a_g, a_o
  ///     c(t) = σ(a_f) c(t−1) + σ(a_i) tanh(a_g)     h(t) = σ(a_o) tanh(gain_cell N(c(t)) + bias_cell)
  private static func layerNormStep(_ tensors: CellTensors) -> Step {
    let (w, u, b) = (tensors["weight_ih"], tensors["weight_hh"], tensors["bias"])
    let (xGain, hGain) = (tensors["gain_ih"], tensors["gain_hh"])
    let (cGain, cBias) = (tensors["gain_cell"], tensors["bias_cell"])
    return { x, state in
      let fromX = times(xGain, normalized(product(w, x)))
      let fromH = times(hGain, normalized(product(u, state.seen)))
      let a = sum(sum(fromX, fromH), b)
      let (i, f) = (tensors.gate(0, of: a).map(sigmoid), tensors.gate(1, of: a).map(sigmoid))
      let (g, o) = (tensors.gate(2, of: a).map(tanhOf), tensors.gate(3, of: a).map(sigmoid))
      let c = sum(times(f, state.cell), times(i, g))
      let output = sum(times(cGain, normalized(c)), cBias).map(tanhOf)
      return ReferenceState(hidden: times(o, output), cell: c)
    }
  }
}

/// (v − mean) / √(variance + 1e-5)
private func normalized(_ v: Vector) -> Vector {
  let mean = v.reduce(0, +) / Double(v.count)
  let variance = v.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(v.count)
  return v.map { ($0 - mean) / (variance + 1e-5).squareRoot() }
}
