/// The numbers that products are computed from. Weights, states and all sums are in single precision in any case.
///
/// bf16 is the upper half of a single-precision number: the same range, with 8 significant bits.
public enum Precision: String, Sendable, CaseIterable {
  /// Single precision.
  case float32
  /// Each number as the sum of two bf16, and of the four products of two such sums the three that matter. The gradient is
  /// right to about 1e-5.
  case bfloat16x3
  /// Each number rounded to bf16. The gradient is right to about 1e-2.
  case bfloat16
}

/// The precision that a config asks for.
public enum PrecisionChoice: String, Sendable, CaseIterable {
  /// Single precision, on any CPU.
  case float32
  /// Two bf16 a number, on CPUs that have bf16 tiles.
  case bfloat16x3
  /// One bf16 a number, on CPUs that have bf16 tiles.
  case bfloat16
  /// The fastest that is as good as single precision: `bfloat16x3` where the CPU has it, else `float32`.
  case auto

  /// The precision on this CPU; nil if it lacks the one that is asked for.
  public var resolved: Precision? {
    guard let named = Precision(rawValue: rawValue) else { return Kernels.has(.bfloat16x3) ? .bfloat16x3 : .float32 }
    return Kernels.has(named) ? named : nil
  }
}
