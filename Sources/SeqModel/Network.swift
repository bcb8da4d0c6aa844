package import SeqCore
package import SeqLayers
package import SeqTensor

/// What the trainer fits: an immutable recipe, of whatever wiring.
package protocol Network: Sendable {
  associatedtype Pass: NetworkPass
  /// How steps become predictions, and so what a shard of its data holds.
  var topology: Topology { get }
  /// All its parameters.
  var layout: ParameterLayout { get }
  /// [V, E]: the table of the tokens that are read; its gradient is sparse, see `EmbeddingGradient`.
  var embedding: ParameterSlot { get }
  /// The tables with sparse gradients: the embedding, and those of further features of a token.
  var tables: SparseTables { get }
  /// Parameters that training leaves as they are.
  var frozen: [ParameterSlot] { get }
  /// What is read of a token, if that is more than its row of the embedding.
  var tokenFeatures: TokenFeatures? { get }
  /// Numbers of a sequence's state that can be carried to the next sequence; 0 for none.
  var stateSize: Int { get }
  /// Whether a classifier's label is compared with the output at every step.
  var learnsAtEachStep: Bool { get }
  /// Tokens of the chunks that a classifier reads one by one; nil for whole sequences.
  var chunk: Int? { get }
  /// The rate at which single weights of the recurrent matrices are dropped in training: see `Weights`.
  var recurrentDropout: Double { get }
  /// The rate at which tokens are read as unknown ones in training.
  var wordDropout: Double { get }
  /// The factor of the loss of a label beside the tags; 0 if there is none.
  var sentenceLabelWeight: Double { get }
  /// Every block of every dense parameter's gradient, with the part of the network it belongs to.
  var gradientTasks: [GradientTask] { get }
  /// The mutable half for one shard.
  func makePass(_ team: WorkerTeam) -> Pass
}

/// One shard's way through a network, forth and back.
package protocol NetworkPass: AnyObject, Sendable {
  /// ∂L/∂ of one of the shard's distinct rows of the tables [1, columns], in the order of `Shard.tableRows`, after `step`.
  func rowGradient(_ row: Int) -> Matrix
  /// The state that sequences begin with and leave behind: see `SequencePass.state`. nil where none is carried.
  var state: Matrix? { get set }

  /// Forward, loss and backward.
  /// - Parameter scale: the factor on the summed loss, so that a batch's shards add up to its mean.
  /// - Returns: the shard's part of the batch's mean loss.
  func step(_ shard: Shard, weights: Weights, mode: Mode, scale: Double, options: LossOptions) -> Double

  /// What holds this shard's part of the gradient of a part of the network, after `step`; nil if the network has no such
  /// part.
  func source(of part: GradientTask.Part) -> (any GradientSource)?
}

/// One block of a weight's gradient.
package struct GradientTask: Sendable {
  /// The parts of a network that have dense weights.
  package enum Part: Sendable { case input, encoder, pooling, head, crf, labelPooling, labelHead, bridge, decoder }
  package let part: Part
  package let block: GradientBlock
}

extension NetworkPass {
  /// This shard's part of a block of the gradient, after `step`.
  /// - Precondition: the task is one of this pass's network.
  package func accumulate(_ task: GradientTask, into gradient: ParameterVector, adding: Bool) {
    guard let source = source(of: task.part) else { preconditionFailure("\(task.block.slot.name): of another network") }
    source.accumulate(task.block, into: gradient, adding: adding)
  }
}

extension Network {
  package var tables: SparseTables { SparseTables([embedding]) }
  package var frozen: [ParameterSlot] { [] }
  package var tokenFeatures: TokenFeatures? { nil }
  package var stateSize: Int { 0 }
  package var learnsAtEachStep: Bool { false }
  package var chunk: Int? { nil }
  package var recurrentDropout: Double { 0 }
  package var wordDropout: Double { 0 }
  package var sentenceLabelWeight: Double { 0 }

  /// The factor of each sequence's loss of the label beside its tags, for the mean over a batch.
  package func sentenceLabelScale(_ shards: some Sequence<Shard>) -> Double {
    if sentenceLabelWeight == 0 { return 0 }
    var count = 0
    for shard in shards { for label in shard.sequenceLabels where label >= 0 { count += 1 } }
    return count > 0 ? sentenceLabelWeight / Double(count) : 0
  }

  /// The greatest number of parameters: two GiB of weights, and as much for the gradient and each moment.
  package static var maximumParameters: Int { 1 << 29 }

  /// Refuses a network that no memory would hold, before anything is allocated for it.
  ///
  /// - Parameters:
  ///   - copies: vectors of as many numbers as the weights that will be in memory, the weights among them.
  ///   - memory: bytes that the machine has.
  package func checkSize(copies: Int = 1, memory: Int = MachineMemory.bytes) throws(SeqError) {
    let remedy = "make model.hidden, model.layers or model.embedding smaller"
    guard layout.count <= Self.maximumParameters else {
      throw .data(
        "\(layout.count) parameters, expected at most \(Self.maximumParameters)", at: .path(largestKey),
        remedy: remedy)
    }
    let bytes = layout.count * copies * MemoryLayout<Float>.stride
    guard bytes > memory else { return }
    throw .data(
      "\(layout.count) parameters take \(MachineMemory.text(bytes)) of memory at least, this machine has "
        + MachineMemory.text(memory), at: .path(largestKey), remedy: remedy)
  }

  /// The key of the config that makes the largest of the parameters as large as it is.
  private var largestKey: String {
    let largest = layout.slots.max { $0.range.count < $1.range.count }
    return largest.map { $0.name.hasSuffix("embedding.weight") } == true ? "model.embedding" : "model.hidden"
  }
}
