import CKernelRates

/// The kernels of every level that this CPU has.
enum KernelRates {
  /// AMX is measured where it differs: in single precision it is AVX-512.
  private static let levels: [(level: String, precision: String)] = [
    ("generic", "float32"), ("avx2", "float32"), ("avx512", "float32"), ("amx", "bfloat16x3"),
    ("amx", "bfloat16"),
  ]

  static func measure(rounds: Int32, seconds: Double) -> String {
    let levels = Self.levels.filter { unsafe kernel_level_exists($0.level, $0.precision) }
    return JSONLine(
      levels.map { level, precision in
        let count = kernel_rate_count()
        var peak = 0.0
        let rates = unsafe [kernel_rate](unsafeUninitializedCapacity: count) { buffer, initialized in
          guard let base = buffer.baseAddress else { return }
          unsafe peak = kernel_rates(level, precision, rounds, seconds, base)
          initialized = count
        }
        return (
          precision == "float32" ? level : "\(level) \(precision)",
          .object([("peak", .number(peak)), ("kernels", .array(unsafe rates.map { unsafe row($0) }))])
        )
      }
    ).text
  }

  private static func row(_ rate: kernel_rate) -> JSONLine.Value {
    .object([
      ("kernel", .text(unsafe String(cString: rate.kernel))), ("rows", .number(Double(unsafe rate.rows))),
      ("columns", .number(Double(unsafe rate.columns))), ("depth", .number(Double(unsafe rate.depth))),
      ("rate", .number(unsafe rate.rate)),
    ])
  }
}
