package import SeqCore

/// How a parameter is filled before training.
package indirect enum Initialization: Sendable, Hashable {
  case zero
  /// One number everywhere.
  case constant(Float)
  /// Uniform in ±bound.
  case uniform(Float)
  /// Normal with mean 0.
  case normal(deviation: Float)
  /// As another, and then a number is added to a range of the elements.
  case raised(Initialization, by: Float, in: Range<Int>)
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
  /// How its transpose is packed once a batch for the products that read it; nil if none does.
  package let packing: Packing?

  package var range: Range<Int> { offset..<offset + rows * columns }
}

/// The layout of all parameters of a model: built once by its layers, then immutable and shared.
package struct ParameterLayout: Sendable {
  package private(set) var slots: [ParameterSlot] = []
  /// Elements of the flat vector, padding included.
  package private(set) var count = 0
  /// The projections that are worth keeping while the weights stay the same.
  package private(set) var tokenTables: [TokenTable] = []
  /// The matrices by which states are multiplied from step to step: see `Weights.refresh`.
  package private(set) var recurrent: [ParameterSlot] = []

  package init() {}

  /// Elements without padding: what a user calls the number of parameters.
  package var parameterCount: Int { slots.reduce(0) { $0 + $1.rows * $1.columns } }

  /// Has `Weights` for inference keep a projection of the whole embedding, if it is small.
  package mutating func addTokenTable(_ table: TokenTable) {
    if table.embedding.rows * table.weights.rows <= TokenTable.maximumCount { tokenTables.append(table) }
  }

  /// Says that states are multiplied by a matrix from step to step.
  package mutating func addRecurrent(_ slot: ParameterSlot) { recurrent.append(slot) }

  /// Reserves a [rows, columns] matrix, aligned to a cache line.
  package mutating func addMatrix(
    _ name: String, rows: Int, columns: Int, initialization: Initialization, packing: Packing? = .panels
  ) -> ParameterSlot {
    add(name, rows, columns, [rows, columns], initialization, packing)
  }

  /// Reserves a vector of `count` elements, seen as one row.
  package mutating func addVector(_ name: String, count: Int, initialization: Initialization) -> ParameterSlot {
    add(name, 1, count, [count], initialization, nil)
  }

  private mutating func add(
    _ name: String, _ rows: Int, _ columns: Int, _ shape: [Int], _ initialization: Initialization, _ packing: Packing?
  ) -> ParameterSlot {
    precondition(!slots.contains { $0.name == name }, "duplicate parameter \(name)")
    let slot = ParameterSlot(
      name: name, rows: rows, columns: columns, shape: shape, offset: count, index: slots.count,
      initialization: initialization, packing: packing)
    slots.append(slot)
    count += (rows * columns + 15) / 16 * 16
    return slot
  }
}

/// E Wᵀ + b of a whole embedding E [V, d]: with a small vocabulary, looking up a row of it replaces a token's product.
package struct TokenTable: Sendable {
  /// The greatest table that is kept: what a second-level cache holds beside the recurrent weights.
  static let maximumCount = 1 << 16

  let embedding: ParameterSlot
  let weights: ParameterSlot
  let biases: [ParameterSlot]

  /// - Parameters:
  ///   - embedding: E [V, d]
  ///   - weights: W [n, d]
  ///   - biases: [n] each; their sum is added.
  package init(embedding: ParameterSlot, weights: ParameterSlot, biases: [ParameterSlot]) {
    self.embedding = embedding
    self.weights = weights
    self.biases = biases
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

  /// Whether all are numbers, and of a size at which what is computed from them stays finite: up to 1e12. No fit that
  /// learns comes near it.
  package var isSound: Bool { flat.sumOfSquares <= 1e24 }

  /// Draws every parameter from its own child of `seed`, so that adding a layer changes no other layer's start.
  package func initialize(seed: Seed) {
    for slot in layout.slots {
      Self.fill(self[slot], slot.initialization, seed.child(slot.name))
    }
  }

  private static func fill(_ values: Matrix, _ start: Initialization, _ seed: Seed) {
    var generator = seed.generator
    switch start {
    case .zero: values.fill(0)
    case .constant(let value): values.fill(value)
    case .uniform(let bound):
      values.copy(from: (0..<values.count).lazy.map { _ in Float(generator.uniform() * 2 - 1) * bound })
    case .normal(let deviation):
      values.copy(from: (0..<values.count).lazy.map { _ in Float(generator.normal()) * deviation })
    case .raised(let start, let difference, let range):
      fill(values, start, seed)
      for i in range { values[i / values.columns, i % values.columns] += difference }
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
  /// By the index of W's slot: the table, its values and its bias.
  private let tables: [Int: (table: TokenTable, values: FloatBuffer, bias: FloatBuffer)]
  /// By slot: recurrent matrices as they are with single weights dropped, and the factors.
  private let drops: RecurrentDrops

  /// - Parameters:
  ///   - training: whether the copies that `backward` reads are kept too.
  ///   - recurrentDropout: the rate at which single weights of recurrent matrices are dropped in training.
  package init(
    _ vector: ParameterVector, training: Bool, precision: Precision = .float32, recurrentDropout: Double = 0
  ) {
    drops = RecurrentDrops(vector.layout, rate: recurrentDropout)
    self.vector = vector
    self.precision = precision
    let slots = vector.layout.slots
    forward = slots.map { slot in
      slot.packing.map {
        PackedMatrix(rows: slot.columns, columns: slot.rows, packing: $0, precision: precision)
      }
    }
    backward = slots.map {
      training && $0.packing != nil ? PackedMatrix(rows: $0.rows, columns: $0.columns, precision: precision) : nil
    }
    var tables: [Int: (table: TokenTable, values: FloatBuffer, bias: FloatBuffer)] = [:]
    for table in training ? [] : vector.layout.tokenTables {
      tables[table.weights.index] = (
        table, FloatBuffer(capacity: table.embedding.rows * table.weights.rows),
        FloatBuffer(capacity: table.weights.rows)
      )
    }
    self.tables = tables
    tasks = slots.filter { $0.packing != nil }.flatMap { training ? [($0, true), ($0, false)] : [($0, true)] }
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
  /// - Parameter seed: of the weights that are dropped; nil for none.
  package func refresh(_ team: WorkerTeam, dropping seed: Seed? = nil) {
    drops.draw(of: vector, seed: seed, team)
    team.run(tasks.count) { [self] i in
      let (slot, isForward) = tasks[i]
      let values = drops.values(of: slot) ?? vector[slot]
      guard isForward else { return packed(slot).pack(values) }
      transposed(slot).pack(transposeOf: values)
      if let (table, values, bias) = tables[slot.index] {
        let sum = bias.matrix(rows: 1, columns: slot.rows)
        sum.fill(0)
        for part in table.biases { sum.add(vector[part]) }
        values.matrix(rows: table.embedding.rows, columns: slot.rows)
          .setProduct(vector[table.embedding], transposed(slot), bias: sum)
      }
    }
  }

  /// What each weight of a matrix is multiplied by since the last `refresh`, and so its gradient; nil if none is dropped.
  package func factors(of slot: ParameterSlot) -> Matrix? { drops.factors(of: slot) }

  /// Whether there is a table for these weights and this embedding.
  package var hasTokenTables: Bool { !tables.isEmpty }

  /// The rows of `input` projected through W, biases added, if its table is an embedding whose projection is kept.
  package func lookUp(_ input: GatheredRows, through weights: ParameterSlot) -> GatheredRows? {
    guard let (table, values, _) = tables[weights.index], input.table.isSame(as: vector[table.embedding]) else {
      return nil
    }
    return input.rows(of: values.matrix(rows: table.embedding.rows, columns: weights.rows))
  }
}
