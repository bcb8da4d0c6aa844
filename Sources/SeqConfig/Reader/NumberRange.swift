/// The numbers a key accepts, and how a message names them.
package struct NumberRange: Sendable {
  let lower: Double
  let upper: Double
  let holdsLower: Bool
  let holdsUpper: Bool

  private init(_ lower: Double, _ upper: Double, holdsLower: Bool = true, holdsUpper: Bool = true) {
    self.lower = lower
    self.upper = upper
    self.holdsLower = holdsLower
    self.holdsUpper = holdsUpper
  }

  /// Every finite number.
  package static let any = NumberRange(-.infinity, .infinity)

  /// Numbers greater than `bound`.
  package static func above(_ bound: Double) -> NumberRange { NumberRange(bound, .infinity, holdsLower: false) }

  /// Numbers greater than `lower`, up to and including `upper`.
  package static func above(_ lower: Double, upTo upper: Double) -> NumberRange {
    NumberRange(lower, upper, holdsLower: false)
  }

  /// Numbers strictly between two bounds.
  package static func above(_ lower: Double, below upper: Double) -> NumberRange {
    NumberRange(lower, upper, holdsLower: false, holdsUpper: false)
  }

  /// `bound` and greater numbers.
  package static func atLeast(_ bound: Double) -> NumberRange { NumberRange(bound, .infinity) }

  /// Numbers from `lower`, less than `upper`.
  package static func from(_ lower: Double, below upper: Double) -> NumberRange {
    NumberRange(lower, upper, holdsUpper: false)
  }

  /// Numbers from the lower to the upper bound, both included; a bound may be infinite.
  package static func closed(_ range: ClosedRange<Double>) -> NumberRange {
    NumberRange(range.lowerBound, range.upperBound)
  }

  /// Whether a number is finite and in the range.
  package func contains(_ number: Double) -> Bool {
    number.isFinite && (holdsLower ? number >= lower : number > lower)
      && (holdsUpper ? number <= upper : number < upper)
  }
}

extension NumberRange: CustomStringConvertible {
  /// `a number above 0 and below 1` and the like.
  package var description: String { "a number" + suffix }

  /// `numbers above 0` and the like.
  var plural: String { "numbers" + suffix }

  /// `[0, 1)`, `at least 0`, `0 … 0.99` and the like: the range in a table.
  var notation: String {
    let (from, to) = (JSONWriter.number(lower), JSONWriter.number(upper))
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): return ""
    case (true, false): return holdsLower ? "at least \(from)" : "above \(from)"
    case (false, true): return holdsUpper ? "at most \(to)" : "below \(to)"
    case (true, true):
      if holdsLower, holdsUpper { return "\(from) … \(to)" }
      return (holdsLower ? "[" : "(") + "\(from), \(to)" + (holdsUpper ? "]" : ")")
    }
  }

  private var suffix: String {
    let from = JSONWriter.number(lower)
    let to = JSONWriter.number(upper)
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): return ""
    case (true, false): return holdsLower ? " of at least \(from)" : " above \(from)"
    case (false, true): return holdsUpper ? " of at most \(to)" : " below \(to)"
    case (true, true):
      if holdsLower, holdsUpper { return " from \(from) to \(to)" }
      return (holdsLower ? " of at least \(from)" : " above \(from)")
        + (holdsUpper ? " and at most \(to)" : " and below \(to)")
    }
  }
}

extension ClosedRange<Int> {
  /// `an integer from 1 to 10` and the like; `Int.min` and `Int.max` count as no bound.
  var integerDescription: String {
    switch (lowerBound == .min, upperBound == .max) {
    case (true, true): "an integer"
    case (true, false): "an integer of at most \(upperBound)"
    case (false, true): "an integer of at least \(lowerBound)"
    case (false, false): "an integer from \(lowerBound) to \(upperBound)"
    }
  }
}
