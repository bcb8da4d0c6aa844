import CSeqKernels
package import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The functions of the CPU level in use. With `CellSteps.swift`, all that calls `CSeqKernels`.
@safe
package enum Kernels {
  // Written once, before their first use, and never again.
  @safe nonisolated(unsafe) static let table: seqk_table = unsafe products(.float32).pointee
  @safe private nonisolated(unsafe) static let bfloat16x3 = unsafe tiles(SEQK_BFLOAT16X3)
  @safe private nonisolated(unsafe) static let bfloat16 = unsafe tiles(SEQK_BFLOAT16)
  @safe private nonisolated(unsafe) static let float32 = unsafe active(SEQK_FLOAT32)

  /// The CPU level in use: `generic`, `avx2` or `avx512`. `SEQTOOL_CPU` forces one.
  package static var level: String { level(.float32) }

  /// The CPU level whose products are computed in a precision, `amx` or an emulation of it if they are in bf16.
  package static func level(_ precision: Precision) -> String {
    unsafe String(cString: products(precision).pointee.name)
  }

  /// Whether the level in use has a precision. If not, its products are emulated, which only tests should ask for.
  package static func has(_ precision: Precision) -> Bool { unsafe seqk_active(precision.kernel) != nil }

  /// The levels this CPU has, best first.
  package static var availableLevels: [String] {
    ["amx", "avx512", "avx2", "generic"].filter { unsafe seqk_level($0, SEQK_FLOAT32) != nil }
  }

  /// Tells a user of a level that cannot be forced, rather than to use another.
  /// - Throws: `.usage` if `SEQTOOL_CPU` names no level of this CPU.
  package static func checkForcedLevel() throws(SeqError) {
    guard let value = unsafe getenv("SEQTOOL_CPU") else { return }
    let forced = unsafe String(cString: value)
    guard !forced.isEmpty, unsafe seqk_level(forced, SEQK_FLOAT32) == nil else { return }
    throw .usage(
      "SEQTOOL_CPU: expected a level that this CPU has, found \"\(forced)\"",
      remedy: "one of \(availableLevels.joined(separator: ", ")), amx-emulated")
  }

  private static func active(_ precision: seqk_precision) -> UnsafePointer<seqk_table> {
    guard let table = unsafe seqk_active(precision) else { preconditionFailure("no level without single precision") }
    return unsafe table
  }

  private static func tiles(_ precision: seqk_precision) -> UnsafePointer<seqk_table> {
    guard let table = unsafe seqk_active(precision) ?? seqk_level("amx-emulated", precision) else {
      preconditionFailure("no emulation")
    }
    return unsafe table
  }

  /// The kernels of a precision. Products and the steps of cells differ; all else is the same.
  static func products(_ precision: Precision) -> UnsafePointer<seqk_table> {
    switch precision {
    case .float32: float32
    case .bfloat16x3: bfloat16x3
    case .bfloat16: bfloat16
    }
  }

  // MARK: Products

  /// Floats that a matrix of `rows` × `columns` takes when packed.
  static func packedCount(rows: Int, columns: Int, packing: Packing, _ precision: Precision) -> Int {
    switch packing {
    case .panels: unsafe seqk_packed_size(products(precision), rows, columns)
    case .gates(let gates): unsafe seqk_gates_size(products(precision), rows, columns / gates, gates)
    }
  }

  static func pack(_ source: Matrix, transposed: Bool, into packed: PackedMatrix) {
    let table = unsafe products(packed.precision)
    switch packed.packing {
    case .panels:
      unsafe table.pointee.pack(packed.rows, packed.columns, source.base, source.stride, transposed, packed.base)
    case .gates(let gates):
      precondition(transposed, "gates are packed from Uᵀ")
      unsafe table.pointee.pack_gates(
        packed.rows, packed.columns / gates, gates, source.base, source.stride, packed.base)
    }
  }

  /// c = start + a · b; a start of one row is added to all.
  static func product(_ a: Matrix, _ b: PackedMatrix, startingWith start: Matrix?, into c: Matrix) {
    precondition(
      a.columns == b.rows && c.rows == a.rows && c.columns == b.columns && b.packing == .panels,
      "[\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] into [\(c.rows), \(c.columns)]")
    let startsWithRow = start?.rows == 1 && c.rows != 1
    precondition(
      start.map { $0.columns == c.columns && (startsWithRow || $0.rows == c.rows) } ?? true, "start of another shape")
    unsafe products(b.precision).pointee.product(
      a.rows, b.columns, b.rows, a.base, a.stride, b.base, start?.base, startsWithRow ? 0 : start?.stride ?? 0,
      c.base, c.stride)
  }

  /// c (+)= aᵀ · b over the rows of both, or over those that indices name.
  static func transposedProduct(
    _ a: GatheredRows, _ b: GatheredRows, into c: Matrix, accumulate: Bool, _ precision: Precision
  ) {
    precondition(
      a.count == b.count && c.rows == a.table.columns && c.columns == b.table.columns,
      "[\(a.count), \(a.table.columns)]ᵀ · [\(b.count), \(b.table.columns)] into [\(c.rows), \(c.columns)]")
    unsafe products(precision).pointee.transposed_product(
      c.rows, c.columns, a.count, a.table.base, a.table.stride, a.indices?.base, b.table.base, b.table.stride,
      b.indices?.base, c.base, c.stride, accumulate)
  }

  // MARK: Vectors

  static func columnSums(_ x: Matrix, into y: Matrix, accumulate: Bool) {
    precondition(y.rows == 1 && y.columns == x.columns, "sums of another width")
    unsafe table.column_sums(x.rows, x.columns, x.base, x.stride, y.base, accumulate)
  }

  static func add(_ x: Matrix, to y: Matrix) {
    precondition(x.rows == y.rows && x.columns == y.columns, "sum of different shapes")
    if x.isContiguous, y.isContiguous { return unsafe table.add(x.count, x.base, y.base) }
    for r in 0..<x.rows { unsafe table.add(x.columns, x.base + r * x.stride, y.base + r * y.stride) }
  }

  static func addScaled(_ a: Float, _ x: Matrix, to y: Matrix) {
    precondition(x.rows == y.rows && x.columns == y.columns, "sum of different shapes")
    for r in 0..<x.rows { unsafe table.add_scaled(x.columns, a, x.base + r * x.stride, y.base + r * y.stride) }
  }

  static func move(_ y: Matrix, to x: Matrix, by share: Float) {
    precondition(x.rows == y.rows && x.columns == y.columns, "mean of different shapes")
    for r in 0..<x.rows {
      let (from, to) = unsafe (x.base + r * x.stride, y.base + r * y.stride)
      for i in 0..<x.columns {
        let gap = unsafe from[i] - to[i]
        unsafe to[i] = gap == 0 ? to[i] : to[i] + share * gap
      }
    }
  }

  static func multiply(_ x: Matrix, _ m: Matrix, into y: Matrix) {
    precondition(x.count == y.count && x.count == m.count && x.isContiguous && y.isContiguous && m.isContiguous)
    unsafe table.multiply(x.count, x.base, m.base, y.base)
  }

  static func dropout(_ x: Matrix, rate: Float, seed: UInt64, mask: Matrix, into y: Matrix) {
    precondition(x.count == y.count && x.count == mask.count && x.isContiguous && y.isContiguous && mask.isContiguous)
    unsafe table.dropout(x.count, rate, seed, x.base, mask.base, y.base)
  }

  static func dot(_ x: Matrix, _ y: Matrix) -> Float {
    precondition(x.rows == 1 && y.rows == 1 && x.columns == y.columns, "dot of different lengths")
    return unsafe table.dot(x.columns, x.base, y.base)
  }

  static func sumSquares(_ x: Matrix) -> Double {
    var sum = 0.0
    unsafe x.forEachRun { unsafe sum += table.sum_squares($1, $0) }
    return sum
  }

  static func tanh(_ x: Matrix, into y: Matrix) {
    precondition(x.count == y.count && x.isContiguous && y.isContiguous)
    unsafe table.tanh(x.count, x.base, y.base)
  }

  static func softmax(_ x: Matrix) { unsafe table.softmax(x.rows, x.columns, x.base, x.stride) }

  static func crossEntropy(
    _ scores: Matrix, labels: Span<Int32>, classWeights: Matrix?, smoothing: Float, scale: Double
  ) -> Double {
    precondition(labels.count == scores.rows && (classWeights?.count ?? scores.columns) == scores.columns)
    for i in labels.indices { precondition(Int(labels[i]) < scores.columns, "label outside the classes") }
    return unsafe labels.withUnsafeBufferPointer { labels in
      guard let first = labels.baseAddress else { return 0 }
      return unsafe table.cross_entropy(
        scores.rows, scores.columns, scores.base, scores.stride, first, classWeights?.base, smoothing, scale)
    }
  }

  // MARK: Optimisers

  static func update(
    _ rule: UpdateRule, _ step: UpdateStep, weights: Matrix, gradient: Matrix, moments: (Matrix?, Matrix?, Matrix?)
  ) {
    let n = weights.count
    precondition(gradient.count == n && (moments.0?.count ?? n) == n && (moments.1?.count ?? n) == n)
    precondition((moments.2?.count ?? n) == n && weights.isContiguous && gradient.isContiguous)
    unsafe withUnsafePointer(to: step.kernel) { step in
      unsafe table.update(
        rule, n, step, weights.base, gradient.base, moments.0?.base, moments.1?.base, moments.2?.base)
    }
  }

  static func replay(
    _ rule: UpdateRule, _ history: UpdateHistory, from first: Int, weights: Matrix, moments: (Matrix?, Matrix?, Matrix?)
  ) {
    let n = weights.count
    precondition((moments.0?.count ?? n) == n && (moments.1?.count ?? n) == n && (moments.2?.count ?? n) == n)
    precondition(weights.isContiguous && first >= 0 && first <= history.count, "steps that were not made")
    unsafe table.replay(
      rule, n, history.count - first, history.steps + first, weights.base, moments.0?.base, moments.1?.base,
      moments.2?.base)
  }
}

extension Precision {
  fileprivate var kernel: seqk_precision {
    switch self {
    case .float32: SEQK_FLOAT32
    case .bfloat16x3: SEQK_BFLOAT16X3
    case .bfloat16: SEQK_BFLOAT16
    }
  }
}

extension Activation {
  var kernel: seqk_activation {
    switch self {
    case .tanh: SEQK_TANH
    case .relu: SEQK_RELU
    case .sigmoid: SEQK_SIGMOID
    }
  }
}

extension UpdateStep {
  var kernel: seqk_step {
    seqk_step(
      rate: rate, scale: scale, decay: weightDecay, momentum: momentum, beta1: beta1, beta2: beta2, epsilon: epsilon,
      correction1: correction1, correction2: correction2, gradient_factor: gradientFactor,
      moment_factor: momentFactor, nesterov: isNesterov, decoupled: isDecoupled, first: isFirst)
  }
}
