package import SeqTensor

/// Recurrent layers that write a sequence token by token, looking at the rows of an encoder (Luong et al. 2015):
///
///     x(t) = E y(t−1)                      h(t) = layers of cells on x(t), W_f h̃(t−1) added to W x(t) + b
///     c(t) = attention of h(t)             h̃(t) = tanh(W_c [c(t), h(t)])
///
/// Without input feeding there is no W_f; without attention h̃(t) is h(t) of the last layer.
package struct AttentionalDecoder: Sendable {
  package let cell: any RecurrentCell
  package let hiddenSize: Int
  /// E [V, E]: rows are read one by one, and its gradient is dense, since sampled tokens are not known beforehand.
  package let embedding: ParameterSlot
  let layers: [RecurrentParameters]
  let feed: ParameterSlot?  // W_f [G·H, H]
  let attention: Attention?
  let combine: ParameterSlot?  // W_c [H, M + H]
  let dropout: (input: Double, between: Double)

  /// What the layers of a decoder are made of.
  package struct Sizes: Sendable {
    package var vocabulary: Int
    package var embedding: Int
    /// Standard deviation of the embeddings at the start.
    package var embeddingDeviation: Double
    package var hidden: Int
    package var depth: Int
    /// Features of the encoder's rows.
    package var memory: Int
    /// Features that additive attention compares by.
    package var attention: Int

    package init(
      vocabulary: Int, embedding: Int, embeddingDeviation: Double, hidden: Int, depth: Int, memory: Int,
      attention: Int
    ) {
      self.vocabulary = vocabulary
      self.embedding = embedding
      self.embeddingDeviation = embeddingDeviation
      self.hidden = hidden
      self.depth = depth
      self.memory = memory
      self.attention = attention
    }
  }

  /// - Parameters:
  ///   - attention: nil for none.
  ///   - feedsInput: whether h̃ goes into the next step; only with attention.
  ///   - dropout: on the embeddings, and between layers.
  package init(
    name: String, cell: any RecurrentCell, sizes: Sizes, attention: AttentionScore?, feedsInput: Bool,
    dropout: (input: Double, between: Double), layout: inout ParameterLayout
  ) {
    precondition(sizes.depth > 0 && (attention != nil || !feedsInput), "no such decoder")
    self.cell = cell
    self.dropout = dropout
    let hidden = sizes.hidden
    hiddenSize = hidden
    let start = Initialization.uniform(1 / Float(hidden).squareRoot())
    embedding = layout.addMatrix(
      "\(name).embedding.weight", rows: sizes.vocabulary, columns: sizes.embedding,
      initialization: .normal(deviation: Float(sizes.embeddingDeviation)), packing: nil)
    var layers: [RecurrentParameters] = []
    for index in 0..<sizes.depth {
      layers.append(
        RecurrentParameters(
          prefix: name, suffix: "l\(index)", cell: cell, inputSize: index == 0 ? sizes.embedding : hidden,
          hiddenSize: hidden, projectsAllGates: true, layout: &layout))
    }
    self.layers = layers
    feed =
      feedsInput
      ? layout.addMatrix(
        "\(name).weight_feed_l0", rows: layers[0].inputWeights.rows, columns: hidden, initialization: start) : nil
    self.attention = attention.map {
      Attention(
        name: "\(name).attention", score: $0, querySize: hidden, memorySize: sizes.memory, size: sizes.attention,
        layout: &layout)
    }
    combine =
      attention == nil
      ? nil
      : layout.addMatrix(
        "\(name).combine.weight", rows: hidden, columns: sizes.memory + hidden,
        initialization: .uniform(1 / Float(sizes.memory + hidden).squareRoot()))
  }

  /// Features of h̃.
  package var outputSize: Int { hiddenSize }
  /// Numbers that the first step begins with, for each sequence: h of each layer, and what its cell carries beside it.
  package var stateSize: Int { layers.count * (cell.carriesMemory ? 2 : 1) * hiddenSize }

  package var gradientBlocks: [GradientBlock] {
    layers.flatMap(\.gradientBlocks) + (attention?.gradientBlocks ?? [])
      + ([embedding, feed, combine].compactMap { $0 }).flatMap { GradientBlock.blocks(of: $0) }
  }

  package func makePass() -> DecoderPass { DecoderPass(self) }
}
