package import SeqCore

/// How a parameter is filled before training.
package enum Initialization: Sendable, Hashable {
  case zero
  /// Uniform in ±bound.
  case uniform(Float)
  /// Normal with mean 0.
  case normal(deviation: Float)
}

/// Name and shape of one parameter tensor, and where it lives in the flat vector.
package struct ParameterSlot: Sendable, Hashable {
  /// PyTorch's name, such as `rnn.weight_ih_l0_reverse`.
  package let name: String
  /// Rows; a vector is one row.
  package let rows: Int
  package let columns: Int
  /// The shape in a file: two dimensions for a matrix, one for a vector.
  package let shape: [Int]
  package let offset: Int
  /// The position among the layout's slots.
  package let index: Int
  package let initialization: Initialization
  /// Whether products read it, so that it is packed once a batch.
  package let isPacked: Bool

  package var range: Range<Int> { offset..<offset + rows * columns }
}

/// The layout of all parameters of a model: built once by its layers, then immutable and shared.
package struct ParameterLayout: Sendable {
  package private(set) var slots: [ParameterSlot] = []
  /// Elements of the flat vector, padding included.
  package private(set) var count = 0

  package init() {}

  /// Elements without padding: what a user calls the number of parameters.
  package var parameterCount: Int { slots.reduce(0) { $0 + $1.rows * $1.columns } }

  /// Reserves a [rows, columns] matrix, aligned to a cache line.
  package mutating func addMatrix(
    _ name: String, rows: Int, columns: Int, initialization: Initialization, isPacked: Bool = true
  ) -> ParameterSlot {
    add(name, rows, columns, [rows, columns], initialization, isPacked)
  }

  /// Reserves a vector of `count` elements, seen as one row.
  package mutating func addVector(_ name: String, count: Int, initialization: Initialization) -> ParameterSlot {
    add(name, 1, count, [count], initialization, false)
  }

  private mutating func add(
    _ name: String, _ rows: Int, _ columns: Int, _ shape: [Int], _ initialization: Initialization, _ isPacked: Bool
  ) -> ParameterSlot {
    precondition(!slots.contains { $0.name == name }, "duplicate parameter \(name)")
    let slot = ParameterSlot(
      name: name, rows: rows, columns: columns, shape: shape, offset: count, index: slots.count,
      initialization: initialization, isPacked: isPacked)
    slots.append(slot)
    count += (rows * columns + 15) / 16 * 16
    return slot
  }
}

/// One flat vector laid out by a `ParameterLayout`: the weights, the gradient, or an optimiser's moment.
package final class ParameterVector: @unchecked Sendable {
  package let layout: ParameterLayout
  private let buffer: FloatBuffer

  /// A vector of zeros.
  package init(_ layout: ParameterLayout) {
    self.layout = layout
    buffer = FloatBuffer(capacity: layout.count)
  }

  /// One parameter, as [rows, columns].
  package subscript(_ slot: ParameterSlot) -> Matrix {
    buffer.matrix(rows: slot.rows, columns: slot.columns, offset: slot.offset)
  }

  /// All of it, as one row.
  package var flat: Matrix { buffer.matrix(rows: 1, columns: layout.count) }

  /// Draws every parameter from its own child of `seed`, so that adding a layer changes no other layer's start.
  package func initialize(seed: Seed) {
    for slot in layout.slots {
      var generator = seed.child(slot.name).generator
      let values = self[slot]
      switch slot.initialization {
      case .zero: values.fill(0)
      case .uniform(let bound):
        values.copy(from: (0..<values.count).lazy.map { _ in Float(generator.uniform() * 2 - 1) * bound })
      case .normal(let deviation):
        values.copy(from: (0..<values.count).lazy.map { _ in Float(generator.normal()) * deviation })
      }
    }
  }
}

/// The weights of a model with their packed copies: what a pass reads.
package final class Weights: @unchecked Sendable {
  package let vector: ParameterVector
  /// What products with them, and those of their gradients, are computed from.
  package let precision: Precision
  private let forward: [PackedMatrix?]
  private let backward: [PackedMatrix?]
  private let tasks: [(slot: ParameterSlot, isForward: Bool)]

  /// - Parameter training: whether the copies that `backward` reads are kept too.
  package init(_ vector: ParameterVector, training: Bool, precision: Precision = .float32) {
    self.vector = vector
    self.precision = precision
    let slots = vector.layout.slots
    forward = slots.map {
      $0.isPacked ? PackedMatrix(rows: $0.columns, columns: $0.rows, precision: precision) : nil
    }
    backward = slots.map {
      training && $0.isPacked ? PackedMatrix(rows: $0.rows, columns: $0.columns, precision: precision) : nil
    }
    tasks = slots.filter(\.isPacked).flatMap { training ? [($0, true), ($0, false)] : [($0, true)] }
  }

  package subscript(_ slot: ParameterSlot) -> Matrix { vector[slot] }

  /// Wᵀ, for x · Wᵀ.
  package func transposed(_ slot: ParameterSlot) -> PackedMatrix {
    guard let packed = forward[slot.index] else { preconditionFailure("\(slot.name) is not packed") }
    return packed
  }

  /// W, for dy · W.
  package func packed(_ slot: ParameterSlot) -> PackedMatrix {
    guard let packed = backward[slot.index] else { preconditionFailure("\(slot.name) is not packed for training") }
    return packed
  }

  /// Packs the weights anew. Call after every change of them.
  package func refresh(_ team: WorkerTeam) {
    team.run(tasks.count) { [self] i in
      let (slot, isForward) = tasks[i]
      if isForward { transposed(slot).pack(transposeOf: vector[slot]) } else { packed(slot).pack(vector[slot]) }
    }
  }
}
