#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A vector of features.
package typealias Vector = [Double]

/// σ(x) = 1 / (1 + e⁻ˣ).
func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

func exponential(_ x: Double) -> Double { exp(x) }

func tanhOf(_ x: Double) -> Double { tanh(x) }

/// M x, with M row-major and as wide as x is long; as many rows as that leaves.
func product(_ matrix: [Double], _ x: Vector) -> Vector {
  precondition(!x.isEmpty && matrix.count % x.count == 0, "\(matrix.count) elements are no rows of \(x.count)")
  var result = Vector(repeating: 0, count: matrix.count / x.count)
  for row in result.indices {
    for column in x.indices { result[row] += matrix[row * x.count + column] * x[column] }
  }
  return result
}

func dot(_ x: Vector, _ y: Vector) -> Double {
  precondition(x.count == y.count, "dot of \(x.count) and \(y.count) elements")
  return zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
}

/// x + y, element by element.
func sum(_ x: Vector, _ y: Vector) -> Vector {
  precondition(x.count == y.count, "sum of \(x.count) and \(y.count) elements")
  return zip(x, y).map { $0 + $1 }
}

/// x ∘ y.
func times(_ x: Vector, _ y: Vector) -> Vector {
  precondition(x.count == y.count, "product of \(x.count) and \(y.count) elements")
  return zip(x, y).map { $0 * $1 }
}

/// log Σ eˣ, safe for large x.
func logSumExp(_ x: Vector) -> Double {
  let greatest = x.max() ?? 0
  return greatest + log(x.reduce(0) { $0 + exp($1 - greatest) })
}

/// p(j) = e^x(j) / Σ eˣ.
package func softmax(_ x: Vector) -> Vector {
  let normalizer = logSumExp(x)
  return x.map { exp($0 - normalizer) }
}
