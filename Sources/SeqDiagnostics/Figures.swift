import SeqCore
import SeqMetrics
import SeqModel
import SeqReport

extension Double {
  /// With two digits that count, as a person writes it: `0.36`, `14`, `3.2e-5`.
  var brief: String {
    guard isFinite, self != 0 else { return self == 0 ? "0" : "\(self)" }
    let exponent = decimal.exponent
    guard (-3...4).contains(exponent) else { return scientific }
    return fixed(max(0, 1 - exponent))
  }

  /// Such as `3.2e-5`.
  var scientific: String {
    guard isFinite, self != 0 else { return self == 0 ? "0" : "\(self)" }
    let (mantissa, exponent) = decimal
    return exponent == 0 ? mantissa.fixed(1) : "\(mantissa.fixed(1))e\(exponent)"
  }

  /// As a share of a hundred.
  package var percent: String { (100 * self).fixed(self < 0.0995 ? 1 : 0) + " %" }

  /// A number from 1 to 10, and the power of ten it is times, so that one decimal of it rounds within that.
  private var decimal: (mantissa: Double, exponent: Int) {
    var (mantissa, exponent) = (self, 0)
    while abs(mantissa) >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while abs(mantissa) < 0.995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return (mantissa, exponent)
  }
}

extension ModelSettings {
  /// Such as `lstm, one layer of 96 units, two directions`.
  package var summary: String {
    let depth = layers == 1 ? "one layer" : "\(layers) layers"
    return "\(cell.rawValue), \(depth) of \(hidden) units, \(isBidirectional ? "two directions" : "one direction")"
      + (head == .crf ? ", crf" : "") + (sentenceLabel == nil ? "" : ", a sentence label beside the tags")
  }
}
