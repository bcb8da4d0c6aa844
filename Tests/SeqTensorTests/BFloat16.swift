extension Float {
  /// The nearest number whose lower half is zero; of two equally near ones that whose last bit is even. Denormals count as
  /// zero. In exact arithmetic, unlike the kernels.
  var bfloat16: Float {
    guard !isNaN, !isInfinite else { return self }
    guard isNormal else { return sign == .minus ? -0.0 : 0 }
    let below = bitPattern & 0xFFFF_0000
    let (toZero, away) = (Float(bitPattern: below), Float(bitPattern: below + 0x1_0000))
    // The first number that is too great for a bf16 stands for infinity.
    let end = away.isInfinite ? Double(sign == .minus ? -1 : 1) * 0x1p128 : Double(away)
    let (down, up) = (abs(Double(self) - Double(toZero)), abs(end - Double(self)))
    return down < up || (down == up && below & 0x1_0000 == 0) ? toZero : away
  }
}

/// Two lists of numbers whose products are summed.
struct Factors: Sendable {
  let a: [Float]
  let b: [Float]

  /// What is multiplied in the place of a and b: they themselves, the nearest bf16, or of the products of the sums of two
  /// bf16 the three that matter.
  /// - Parameter planes: see `KernelLevel.planes`.
  static func of(_ a: [Float], _ b: [Float], planes: Int) -> [Factors] {
    let high = Factors(a: a.map(\.bfloat16), b: b.map(\.bfloat16))
    let low = Factors(
      a: zip(a, high.a).map { ($0 - $1).bfloat16 }, b: zip(b, high.b).map { ($0 - $1).bfloat16 })
    return switch planes {
    case 0: [Factors(a: a, b: b)]
    case 1: [high]
    default: [high, Factors(a: high.a, b: low.b), Factors(a: low.a, b: high.b)]
    }
  }
}
