extension Double {
  /// The number with 0 to 9 decimals, rounded half away from zero; `nan`, `inf`, and Swift's own form for magnitudes of
  /// 10⁹ and more.
  package func fixed(_ decimals: Int = 4) -> String {
    guard isFinite, magnitude < 1e9 else { return description }
    let scale = (0..<min(max(decimals, 0), 9)).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int((magnitude * Double(scale)).rounded())
    let sign = self < 0 && scaled > 0 ? "-" : ""
    guard scale > 1 else { return sign + String(scaled) }
    // The leading 1 keeps the leading zeros of the decimals.
    return sign + String(scaled / scale) + "." + String(scale + scaled % scale).dropFirst()
  }
}
