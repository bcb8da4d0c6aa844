package import SeqTensor

/// What the way back through a decoder needs beside its states.
final class DecoderGradientBuffers {
  private let joined = FloatBuffer(), lower = FloatBuffer(), embedded = FloatBuffer(), states = FloatBuffer()
  /// ∂L/∂[c, h] of a step [n, M + H].
  fileprivate(set) var dJoined: Matrix
  /// ∂L/∂ of what went into a layer at a step [n, H].
  fileprivate var dLower: Matrix
  /// ∂L/∂x [rows, E]
  fileprivate(set) var dEmbedded: Matrix
  /// ∂L/∂(W_c [c, h]) [rows, H], in the place of ∂L/∂h̃.
  fileprivate(set) var dCombined: Matrix

  init() {
    dJoined = joined.matrix(rows: 0, columns: 0)
    (dLower, dEmbedded, dCombined) = (dJoined, dJoined, dJoined)
  }

  fileprivate func begin(_ pass: DecoderPass, dOutput: Matrix) {
    let sequences = pass.shape.sequences
    dCombined = dOutput
    dJoined = joined.reserve(rows: sequences, columns: pass.joined.columns)
    dLower = lower.reserve(rows: sequences, columns: pass.decoder.hiddenSize)
    dEmbedded = embedded.reserve(rows: pass.embedded.rows, columns: pass.embedded.columns)
  }

  fileprivate func dStates(rows: Int, columns: Int) -> Matrix {
    let dStates = states.reserve(rows: rows, columns: columns)
    dStates.fill(0)
    return dStates
  }
}

/// What comes back from a decoder.
package struct DecoderGradient {
  /// [rows of the source, M]; nil without attention.
  package let memory: Matrix?
  /// [sequences of the source, stateSize]
  package let states: Matrix
}

extension DecoderPass {
  /// The sweep back through time.
  /// - Parameters:
  ///   - dOutput: ∂L/∂h̃ [rows, H], without gaps; is overwritten and must stay until the weights' gradients are computed.
  ///   - sources: sequences of the source.
  package func backward(_ dOutput: Matrix, sources: Int, weights: Weights) -> DecoderGradient {
    buffers.begin(self, dOutput: dOutput)
    attention?.beginBackward()
    for layer in layers { layer.beginBackward(order.links) }
    var following = 0..<0
    for t in shape.steps.indices.reversed() {
      stepBack(shape.steps[t], previous: order.previousRows(t), following: following, weights)
      following = shape.steps[t]
    }
    buffers.dEmbedded.setProduct(layers[0].gates, weights.packed(layers[0].parameters.inputWeights))
    applyMask(ofLayer: 0, to: buffers.dEmbedded, 0..<shape.rows)
    return DecoderGradient(
      memory: attention?.endBackward(weights: weights), states: dStates(sources: sources, weights))
  }

  /// From ∂L/∂h̃(t) through W_c, the attention and the cells.
  private func stepBack(
    _ now: Range<Int>, previous: Range<Int>, following: Range<Int>, _ weights: Weights
  ) {
    var dHidden = buffers.dCombined.rows(now)
    if let attention, let combine = decoder.combine {
      if let feed = decoder.feed, !following.isEmpty {
        dHidden.rows(0..<following.count).addProduct(layers[0].gates.rows(following), weights.packed(feed))
      }
      dHidden.setTanhGradient(dHidden, at: output.rows(now))
      let dJoined = buffers.dJoined.rows(0..<now.count)
      dJoined.setProduct(dHidden, weights.packed(combine))
      let memory = dJoined.columns - decoder.hiddenSize
      dHidden = dJoined.columns(memory..<dJoined.columns)
      attention.backward(
        now, sequences: sequences.slice(0..<now.count), contexts: joined.rows(now).columns(0..<memory),
        dContexts: dJoined.columns(0..<memory), addingTo: dHidden, weights: weights)
    }
    for (l, layer) in layers.enumerated().reversed() {
      layer.backward(now, previous: previous, following: following, dOutput: dHidden, weights: weights)
      guard l > 0 else { break }
      dHidden = buffers.dLower.rows(0..<now.count)
      dHidden.setProduct(layer.gates.rows(now), weights.packed(layer.parameters.inputWeights))
      applyMask(ofLayer: l, to: dHidden, now)
    }
  }

  /// The gradient of the states that the first step began with, as the bridge's output has them.
  private func dStates(sources: Int, _ weights: Weights) -> Matrix {
    let dStates = buffers.dStates(rows: sources, columns: decoder.stateSize)
    var start = 0
    for layer in layers {
      for index in 0..<layer.states {
        let block = dStates.columns(start..<start + decoder.hiddenSize)
        block.addRows(of: layer.dInitial(index, weights: weights), at: sequences)
        start += decoder.hiddenSize
      }
    }
    return dStates
  }

  package func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool) {
    let target = gradient[block.slot]
    switch block.slot.index {
    case decoder.embedding.index: accumulateEmbedding(block.rows, into: target, adding: adding)
    case decoder.feed?.index:
      order.links.product(layers[0].gates, attentional)
        .set(target.rows(block.rows), rows: block.rows, adding: adding, precision: precision)
    case decoder.combine?.index:
      target.rows(block.rows).setTransposedProduct(
        buffers.dCombined.columns(block.rows), joined, adding: adding, precision: precision)
    default:
      for (l, layer) in layers.enumerated() {
        let isDone = layer.accumulate(
          block, input: l == 0 ? embedded : layerInputs[l - 1], into: gradient, adding: adding,
          precision: precision)
        if isDone { return }
      }
      attention?.accumulate(block, into: gradient, adding: adding)
    }
  }

  /// Rows of the gradient of E: those of the tokens that went in, sampled ones included.
  private func accumulateEmbedding(_ rows: Range<Int>, into gradient: Matrix, adding: Bool) {
    if !adding { gradient.rows(rows).fill(0) }
    for (i, id) in ids.enumerated() where rows.contains(Int(id)) {
      gradient.rows(Int(id)..<Int(id) + 1).add(buffers.dEmbedded.rows(i..<i + 1))
    }
  }
}
