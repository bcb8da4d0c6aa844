package import SeqTensor

/// One shard's decoder: all steps of a batch forth and back, or single steps of sequences that are being written.
///
/// Buffers of states have `first` rows in front for what the first step begins with, as in `SteppedLayer`.
package final class DecoderPass: GradientSource {
  let decoder: AttentionalDecoder
  let layers: [SteppedLayer]
  let attention: AttentionPass?
  private let embeddedBuffer = FloatBuffer(), joinedBuffer = FloatBuffer()
  private let attentionalBuffer = FloatBuffer()
  private let layerInputBuffers: [FloatBuffer]
  private let inputMask: StepDropout
  private let masks: [StepDropout]
  let buffers = DecoderGradientBuffers()
  private(set) var first = 0
  private(set) var shape = PackedShape()
  /// The tokens that went in, row by row.
  package private(set) var ids: [Int32] = []
  /// Which state comes before each row of the batch.
  let order = SweepOrder()
  private let parentBuffer = IndexBuffer()
  private let sequenceBuffer = IndexBuffer()
  /// x(t) [rows, E]
  private(set) var embedded: Matrix
  /// [c, h] [rows, M + H]; empty without attention.
  private(set) var joined: Matrix
  /// h̃ [first + rows, H]
  private(set) var attentional: Matrix
  /// What goes into each layer but the first [rows, H].
  private(set) var layerInputs: [Matrix]
  private(set) var precision = Precision.float32

  init(_ decoder: AttentionalDecoder) {
    self.decoder = decoder
    layers = decoder.layers.map {
      SteppedLayer(cell: decoder.cell, parameters: $0, hiddenSize: decoder.hiddenSize)
    }
    attention = decoder.attention?.makePass()
    inputMask = StepDropout(rate: decoder.dropout.input, name: "decoder input")
    masks = decoder.layers.indices.dropFirst().map {
      StepDropout(rate: decoder.dropout.between, name: "decoder between\($0 - 1)")
    }
    layerInputBuffers = masks.map { _ in FloatBuffer() }
    let empty = embeddedBuffer.matrix(rows: 0, columns: 0)
    (embedded, joined, attentional) = (empty, empty, empty)
    layerInputs = masks.map { _ in empty }
  }

  /// Whose memory each sequence reads.
  var sequences: RowIndices { sequenceBuffer.indices }

  /// What a decoder looks at: an encoder's rows [rows, M], and which of them belong to each sequence.
  package struct Source {
    package let rows: Matrix
    package let index: AttentionMemory
    /// [sequences, stateSize], from the bridge.
    package let states: Matrix

    package init(rows: Matrix, index: AttentionMemory, states: Matrix) {
      (self.rows, self.index, self.states) = (rows, index, states)
    }
  }

  /// All steps of a batch.
  /// - Parameters:
  ///   - inputs: the token before each row, in the packed order of `shape`.
  ///   - sources: the sequence of the source that each sequence reads.
  ///   - sampling: what replaces inputs, if that is on.
  /// - Returns: h̃ [rows, H], valid until the next call.
  package func forward(
    _ inputs: [Int32], shape: PackedShape, sources: [Int32], of source: Source, weights: Weights, mode: Mode,
    sampling: ScheduledSampling? = nil
  ) -> Matrix {
    self.shape = shape
    begin(first: shape.sequences, rows: shape.rows, source: source, weights: weights)
    ids.removeAll(keepingCapacity: true)
    for id in inputs { ids.append(id) }
    sequenceBuffer.set(sources.span)
    setStates(from: source.states)
    inputMask.draw(rows: shape.rows, columns: embedded.columns, mode: mode)
    for mask in masks { mask.draw(rows: shape.rows, columns: decoder.hiddenSize, mode: mode) }
    order.begin(shape, initialRows: shape.sequences, isInFront: true)
    let samples = sampling?.isOn ?? false
    if !samples { embed(0..<shape.rows, weights) }
    for (t, now) in shape.steps.enumerated() {
      let previous = order.previousRows(t)
      order.keep(t)
      if samples {
        if t > 0 { sampling?.replace(&ids, now, after: states.rows(previous), weights: weights) }
        embed(now, weights)
      }
      step(now, previous: previous, sequences: sequences.slice(0..<now.count), weights: weights)
    }
    return output
  }

  /// h̃ [first + rows, H]
  private var states: Matrix { decoder.combine == nil ? layers[layers.count - 1].hidden : attentional }

  /// h̃ of the batch's rows.
  var output: Matrix { states.rows(first..<states.rows) }

  /// Makes room, and zeroes the h̃ before the first step.
  private func begin(first: Int, rows: Int, source: Source, weights: Weights) {
    self.first = first
    precision = weights.precision
    for layer in layers { layer.reserve(first: first, rows: rows) }
    embedded = embeddedBuffer.reserve(rows: rows, columns: decoder.embedding.columns)
    for i in layerInputs.indices {
      layerInputs[i] = layerInputBuffers[i].reserve(rows: rows, columns: decoder.hiddenSize)
    }
    guard let combine = decoder.combine else { return }
    joined = joinedBuffer.reserve(rows: rows, columns: combine.columns)
    attentional = attentionalBuffer.reserve(rows: first + rows, columns: combine.rows)
    attentional.rows(0..<first).fill(0)
    attention?.begin(
      source.rows, index: source.index, queries: joined.columns(source.rows.columns..<joined.columns), weights: weights)
  }

  /// Puts blocks of the bridge's states [·, stateSize] before the first step, those of `sequences` in order.
  private func setStates(from states: Matrix) {
    let count = sequences.count
    forEachState { state, block in
      state.rows(0..<count).copy(from: GatheredRows(states.columns(block), sequences))
    }
  }

  /// Calls `body` with each state [first + rows, H] and the columns that it has in the bridge's output.
  private func forEachState(_ body: (_ state: Matrix, _ block: Range<Int>) -> Void) {
    var start = 0
    for layer in layers {
      for index in 0..<layer.states {
        body(layer.state(index), start..<start + decoder.hiddenSize)
        start += decoder.hiddenSize
      }
    }
  }

  /// W E y + b of some rows, in the gates of the first layer.
  private func embed(_ rows: Range<Int>, _ weights: Weights) {
    let x = embedded.rows(rows)
    x.gather(ids.span.extracting(rows), from: weights[decoder.embedding])
    inputMask.apply(to: x, rows)
    layers[0].gates.rows(rows).setProduct(
      x, weights.transposed(layers[0].parameters.inputWeights), bias: layers[0].bias(weights))
  }

  /// One step, from W E y + b to h̃.
  private func step(_ now: Range<Int>, previous: Range<Int>, sequences: RowIndices, weights: Weights) {
    if let feed = decoder.feed {
      layers[0].gates.rows(now).addProduct(attentional.rows(previous), weights.transposed(feed))
    }
    layers[0].forward(now, previous: previous, weights: weights)
    for (l, layer) in layers.enumerated().dropFirst() {
      let x = layerInputs[l - 1].rows(now)
      x.copy(from: layers[l - 1].output.rows(now))
      masks[l - 1].apply(to: x, now)
      layer.gates.rows(now).setProduct(
        x, weights.transposed(layer.parameters.inputWeights), bias: layer.bias(weights))
      layer.forward(now, previous: previous, weights: weights)
    }
    guard let attention, let combine = decoder.combine else { return }
    let memory = joined.columns - decoder.hiddenSize
    joined.rows(now).columns(memory..<joined.columns).copy(from: layers[layers.count - 1].output.rows(now))
    attention.forward(now, sequences: sequences, into: joined.rows(now).columns(0..<memory), weights: weights)
    let attentional = output.rows(now)
    attentional.setProduct(joined.rows(now), weights.transposed(combine))
    attentional.setTanh(of: attentional)
  }

  // MARK: Writing

  /// Readies for `advance` with up to `capacity` rows at a time, each at its first step.
  /// - Parameter sources: for each row the sequence of the source.
  package func begin(_ sources: [Int32], capacity: Int, of source: Source, weights: Weights) {
    begin(first: capacity, rows: capacity, source: source, weights: weights)
    sequenceBuffer.set(sources.span)
    setStates(from: source.states)
    inputMask.draw(rows: 0, columns: 0, mode: .inference)
    for mask in masks { mask.draw(rows: 0, columns: 0, mode: .inference) }
  }

  /// Writes one token a row.
  /// - Parameter tokens: what came before in each row.
  /// - Returns: h̃ [tokens, H], valid until the next call.
  package func advance(_ tokens: [Int32], weights: Weights) -> Matrix {
    ids.removeAll(keepingCapacity: true)
    for token in tokens { ids.append(token) }
    let rows = 0..<tokens.count
    embed(rows, weights)
    step(rows, previous: rows, sequences: sequences.slice(rows), weights: weights)
    return output.rows(rows)
  }

  /// Says which of the rows of the last `advance` the next one goes on from: each as often as it is named.
  package func select(_ parents: [Int32], sources: [Int32]) {
    parentBuffer.set(parents.span)
    sequenceBuffer.set(sources.span)
    let (count, parents) = (parents.count, parentBuffer.indices)
    for state in layers.flatMap(\.all) {
      state.rows(0..<count).copy(from: GatheredRows(state.rows(first..<state.rows), parents))
    }
    guard decoder.combine != nil else { return }
    attentional.rows(0..<count).copy(from: GatheredRows(attentional.rows(first..<attentional.rows), parents))
  }

  /// How a row of the last `advance` shared out its attention over the rows of its source; empty without attention.
  package func attentionWeights(ofRow row: Int) -> [Float] {
    attention.map { Array($0.weights(ofRow: row, sequence: sequences[row])) } ?? []
  }

  // MARK: Back

  /// Multiplies the gradient of what went into a layer by the factors of its dropout.
  func applyMask(ofLayer layer: Int, to dInput: Matrix, _ rows: Range<Int>) {
    (layer == 0 ? inputMask : masks[layer - 1]).apply(to: dInput, rows)
  }
}
