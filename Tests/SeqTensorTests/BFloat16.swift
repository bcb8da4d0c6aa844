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
