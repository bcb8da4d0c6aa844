/// An encoder and a decoder for one pair at a time, in double precision:
///
///     s = [last forward state, first backward state of the encoder]     states(0) = tanh(W s + b), a block a state
///     x(t) = E y(t−1)                      h(t) = cells on x(t), W_f h̃(t−1) added to W x(t) + b of the first layer
///     c(t) = attention of h(t)             h̃(t) = tanh(W_c [c(t), h(t)])          o(t) = V h̃(t) + c
///
/// Slow on purpose, as `ReferenceNetwork` is. Beside the encoder's, it reads `embedding.weight`, `bridge.weight`,
/// `bridge.bias`, `decoder.embedding.weight`, the weights of the layers as an encoder's with the prefix `decoder`,
/// `decoder.weight_feed_l0`, `decoder.attention.…`, `decoder.combine.weight`, `output.weight` and `output.bias`.
package struct ReferenceTransducer: Sendable {
  package var encoder: ReferenceEncoder
  package var cell: ReferenceCell
  /// H of the decoder.
  package var hidden: Int
  package var layers = 1
  package var attention: ReferenceAttention?
  package var feedsInput = false
  package var loss = ReferenceLoss()

  package init(encoder: ReferenceEncoder, cell: ReferenceCell, hidden: Int) {
    self.encoder = encoder
    self.cell = cell
    self.hidden = hidden
  }

  /// A source, the token before each step, and the token to be predicted there.
  package struct Pair: Sendable {
    package var source: [Int]
    package var inputs: [Int]
    package var labels: [Int]

    package init(source: [Int], inputs: [Int], labels: [Int]) {
      (self.source, self.inputs, self.labels) = (source, inputs, labels)
    }
  }

  /// Columns of the two tables of embeddings.
  package struct Features: Sendable {
    package var source: Int
    package var target: Int

    package init(source: Int, target: Int) { (self.source, self.target) = (source, target) }
  }

  /// The mean loss over the tokens of all targets.
  package func loss(of pairs: [Pair], _ features: Features, _ parameters: ReferenceParameters) -> Double {
    loss.mean(pairs.flatMap { scores(of: $0, features, parameters) }, labels: pairs.flatMap(\.labels))
  }

  /// o(1), o(2), …
  package func scores(of pair: Pair, _ features: Features, _ parameters: ReferenceParameters) -> [Vector] {
    func embedded(_ token: Int, _ table: String, _ size: Int) -> Vector {
      Vector(parameters[table][token * size..<(token + 1) * size])
    }
    let memory = encoder.states(
      of: pair.source.map { embedded($0, "embedding.weight", features.source) }, parameters)
    var states = initialStates(memory, parameters)
    var attentional = Vector(repeating: 0, count: hidden)
    return pair.inputs.map { token in
      var x = embedded(token, "decoder.embedding.weight", features.target)
      for l in 0..<layers {
        states[l] = step(l, x, feed: attentional, states[l], parameters)
        x = states[l].hidden
      }
      if let attention {
        let (_, context) = attention.context(of: x, over: memory, prefix: "decoder.attention", parameters)
        x = product(parameters["decoder.combine.weight"], context + x).map(tanhOf)
      }
      attentional = x
      return sum(product(parameters["output.weight"], x), parameters["output.bias"])
    }
  }

  private func step(
    _ layer: Int, _ x: Vector, feed: Vector, _ state: ReferenceState, _ parameters: ReferenceParameters
  ) -> ReferenceState {
    let isFed = feedsInput && layer == 0
    let known = isFed ? withFeed(parameters, features: x.count) : parameters
    // No gate of a decoder takes x itself.
    let tensors = CellTensors(parameters: known, prefix: "decoder", suffix: "l\(layer)", input: 0, hidden: hidden)
    return cell.step(tensors)(isFed ? x + feed : x, state)
  }

  /// [W, W_f] in the place of W, so that W x + W_f h̃ is one product.
  private func withFeed(_ parameters: ReferenceParameters, features: Int) -> ReferenceParameters {
    let (w, feed) = (parameters["decoder.weight_ih_l0"], parameters["decoder.weight_feed_l0"])
    var joined = parameters
    var rows: [Double] = []
    for row in 0..<w.count / features {
      rows += w[row * features..<(row + 1) * features]
      rows += feed[row * hidden..<(row + 1) * hidden]
    }
    joined["decoder.weight_ih_l0"] = rows
    return joined
  }

  /// The states before the first step: of each layer h, and c if the cell is an LSTM.
  private func initialStates(_ memory: [Vector], _ parameters: ReferenceParameters) -> [ReferenceState] {
    let last = Vector(memory[memory.count - 1][..<encoder.hidden] + memory[0][encoder.hidden...])
    let all = sum(product(parameters["bridge.weight"], last), parameters["bridge.bias"]).map(tanhOf)
    let blocks = cell.carriesMemory ? 2 : 1
    return (0..<layers).map { l in
      func block(_ index: Int) -> Vector {
        Vector(all[(l * blocks + index) * hidden..<(l * blocks + index + 1) * hidden])
      }
      var state = ReferenceState(size: hidden)
      state.hidden = block(0)
      if cell.carriesMemory { state.cell = block(1) }
      return state
    }
  }
}
