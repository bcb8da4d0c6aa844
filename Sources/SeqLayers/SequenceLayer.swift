package import SeqCore
package import SeqTensor

/// Whether a pass learns, and where its randomness comes from.
package enum Mode: Sendable {
  /// Dropout is on; `seed` is the shard's at this step.
  case training(seed: Seed)
  case inference

  package var isTraining: Bool { if case .training = self { true } else { false } }
}

/// An immutable recipe: sizes, and where its weights live. Sharing it between threads is free.
package protocol SequenceLayer: Sendable {
  /// Features of an input row.
  var inputSize: Int { get }
  /// Features of an output row.
  var outputSize: Int { get }
  /// Numbers of a sequence's state: a row of `SequencePass.state`; 0 if nothing can be carried.
  var stateSize: Int { get }
  /// The parameters, each with the rows that one gradient task takes.
  var gradientBlocks: [GradientBlock] { get }
  /// The mutable half for one shard: it owns every buffer, and grows them before a sweep, never inside one.
  /// - Parameter team: threads that take parts of a sweep that do not wait for each other.
  func makePass(_ team: WorkerTeam) -> any SequencePass
}

extension SequenceLayer {
  /// A pass of one thread.
  package func makePass() -> any SequencePass { makePass(WorkerTeam(width: 1)) }
}

/// One shard's forward sweep and the backward sweep that belongs to it.
package protocol SequencePass: GradientSource {
  /// [sequences, stateSize]: what `forward` begins with, and what it leaves behind at the last token of each sequence, so
  /// that the next sequences go on where these ended. It costs no gradient: back-propagation is truncated here.
  /// nil: each sequence begins with zeros.
  var state: Matrix? { get set }

  /// - Parameter input: [shape.rows, inputSize]; where rows of a table are gathered, a layer may do its work on the table.
  /// - Returns: [shape.rows, outputSize], valid until the next `forward`.
  func forward(_ input: GatheredRows, shape: PackedShape, weights: Weights, mode: Mode) -> Matrix

  /// The sweep back through time. Leaves behind what the weight gradients are made of.
  /// - Parameter dOutput: [shape.rows, outputSize]; may be overwritten.
  /// - Returns: the gradient of the input's table, valid until the next `backward`: [shape.rows, inputSize] where no rows
  ///   are gathered.
  func backward(_ dOutput: Matrix, weights: Weights) -> Matrix
}

/// Rows of one parameter's gradient: what one task computes, over all shards in order.
package struct GradientBlock: Sendable, Hashable {
  package let slot: ParameterSlot
  package let rows: Range<Int>

  /// Cuts a parameter into blocks that are high enough for the input, which each block reads whole, and few enough to
  /// share out; the cut depends on the shape alone.
  package static func blocks(of slot: ParameterSlot) -> [GradientBlock] {
    let height = max(96, 12_288 / max(1, slot.columns) / 24 * 24)
    return stride(from: 0, to: slot.rows, by: height).map {
      GradientBlock(slot: slot, rows: $0..<min(slot.rows, $0 + height))
    }
  }
}

/// What holds one shard's part of weight gradients after `backward`.
package protocol GradientSource: AnyObject {
  /// Sets (or, if `adding`, adds to) a block of the gradient. Called shard by shard, in order, so that every number is
  /// summed by one thread in an order that does not depend on how many there are.
  func accumulate(_ block: GradientBlock, into gradient: ParameterVector, adding: Bool)
}
