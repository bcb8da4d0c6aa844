/// max |found − expected| / max |expected|: one number for a whole tensor, so that its small elements are not judged
/// by the rounding of its large ones. Infinite if a value is not a number or the counts differ.
///
/// - Parameter floor: the least scale that errors are measured by, for tensors that are zero in theory.
public func relativeError(of found: [Double], from expected: [Double], floor: Double = 1e-6) -> Double {
  largestError(of: found, from: expected) / expected.reduce(floor) { max($0, abs($1)) }
}

/// max |found − expected|. Infinite if a value is not a number or the counts differ.
public func largestError(of found: [Double], from expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).reduce(0) {
    let error = abs($1.0 - $1.1)
    return error.isNaN ? .infinity : max($0, error)
  }
}

extension Sequence<Float> {
  /// The same numbers in double precision.
  public var doubles: [Double] { map(Double.init) }
}
