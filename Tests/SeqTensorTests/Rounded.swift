#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A number with how far off a kernel may be that computes it in single precision: the bound grows with each operation,
/// so that tolerances follow from the equations. A fused multiply-add rounds less often than the bound assumes.
struct Rounded: ExpressibleByIntegerLiteral {
  /// In double precision, as good as exact.
  var value: Double
  /// The greatest |computed − value|.
  var error: Double

  /// What rounding to the nearest Float costs at most, relatively; and absolutely, below the normal numbers.
  static let unit = 0x1p-24, least = 0x1p-149

  /// An input, which is exact.
  init(_ value: Float) { (self.value, error) = (Double(value), 0) }

  init(integerLiteral value: Int) { (self.value, error) = (Double(value), 0) }

  /// The result of one operation, rounded; `error` is what its operands' errors make of it.
  private init(rounding value: Double, error: Double) {
    self.value = value
    self.error = error + Self.unit * (abs(value) + error) + Self.least
  }

  /// start + Σ a[p] · b[p] over `count` elements, in any order: each of the sums may round each of the terms.
  init(
    _ start: Float, addingProducts count: Int, of a: [Float], from i: Int, and b: [Float], from j: Int,
    by stride: Int = 1
  ) {
    self.init(start, addingProducts: count, of: [Factors(a: a, b: b)], from: i, and: j, by: stride)
  }

  /// The same over several pairs of factors.
  init(
    _ start: Float, addingProducts count: Int, of factors: [Factors], from i: Int, and j: Int, by stride: Int = 1
  ) {
    value = Double(start)
    var magnitude = abs(value)
    for (a, b) in factors.lazy.map({ ($0.a, $0.b) }) {
      for p in 0..<count {
        let term = Double(a[i + p]) * Double(b[j + p * stride])
        value += term
        magnitude += abs(term)
      }
    }
    error = count == 0 ? 0 : Double(factors.count * count + 2) * Self.unit * magnitude
  }

  static func + (a: Self, b: Self) -> Self { Self(rounding: a.value + b.value, error: a.error + b.error) }
  static func - (a: Self, b: Self) -> Self { Self(rounding: a.value - b.value, error: a.error + b.error) }
  static func * (a: Self, b: Self) -> Self {
    Self(rounding: a.value * b.value, error: abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error)
  }

  /// A function with a slope of at most `slope`, which the kernel approximates with an error of at most `accuracy`.
  func applying(_ f: (Double) -> Double, slope: Double, accuracy: Double) -> Self {
    var result = self
    result.value = f(value)
    result.error = slope * error + accuracy
    return result
  }
}

/// The greatest error of computed numbers, as a multiple of what is allowed; infinite if one is NaN or missing.
func worstExcess(of found: [Float], from expected: [Rounded]) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).reduce(0) {
    let error = abs(Double($1.0) - $1.1.value)
    return error.isNaN ? .infinity : error == 0 ? $0 : max($0, error / $1.1.error)
  }
}
