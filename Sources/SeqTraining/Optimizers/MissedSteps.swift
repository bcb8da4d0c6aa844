import SeqTensor

/// The steps that rows of an embedding table have missed because their tokens did not occur.
///
/// The gradient of such a row is zero, so that its steps can be made when the row is needed next, all at once and while
/// it is in the cache. The numbers come out as if they had been made in time.
struct MissedSteps {
  /// Steps that are remembered: more would save no time, as a row is long in the cache by then.
  static let capacity = 128

  let history = UpdateHistory(capacity: Self.capacity)
  /// Steps of the history that each row has made.
  private var made: [UInt8]
  /// Rows that may move without a gradient: those that had one. Steps leave the others as they are, whose moments are 0.
  private(set) var moving: [Int32] = []
  private var moves: [Bool]
  /// What the rows of the last call of `call` have yet to make.
  private(set) var due: [Due] = []

  /// A row and the first of the history's steps that it has missed.
  struct Due: Sendable {
    let row: Int32
    let first: Int32
  }

  /// - Parameter decay: whether weights decay, so that all rows move.
  init(rows: Int, decay: Bool) {
    made = Array(repeating: 0, count: rows)
    moves = Array(repeating: false, count: rows)
    due.reserveCapacity(rows)
    moving.reserveCapacity(rows)
    if decay { moveAll() }
  }

  /// Counts all rows among those that may move.
  mutating func moveAll() {
    for row in moves.indices where !moves[row] { start(row) }
  }

  private mutating func start(_ row: Int) {
    moves[row] = true
    moving.append(Int32(row))
    made[row] = UInt8(history.count)
  }

  var isFull: Bool { history.count == Self.capacity }

  /// Leaves in `due` what some rows have missed, and counts it as made.
  mutating func call(_ rows: [Int32]) {
    due.removeAll(keepingCapacity: true)
    for row in rows { call(Int(row)) }
  }

  /// The same for all rows.
  mutating func callAll() {
    due.removeAll(keepingCapacity: true)
    guard history.count > 0 else { return }
    for row in moving { call(Int(row)) }
  }

  private mutating func call(_ row: Int) {
    if !moves[row] { return start(row) }
    if made[row] < history.count { due.append(Due(row: Int32(row), first: Int32(made[row]))) }
    made[row] = UInt8(history.count)
  }

  /// Remembers a step that some rows have made and the others have missed.
  mutating func append(_ step: UpdateStep, madeBy rows: [Int32]) {
    for row in rows {
      precondition(made[Int(row)] == history.count, "row \(row) made a step before those that it had missed")
      made[Int(row)] += 1
    }
    history.append(step)
  }

  /// Forgets the history. - Precondition: all rows have made it.
  mutating func forget() {
    guard history.count > 0 else { return }
    history.removeAll()
    for row in moving { made[Int(row)] = 0 }
  }
}
