import CKernelRates

/// The kernels of every level that this CPU has.
enum KernelRates {
  static func measure(rounds: Int32, seconds: Double) -> String {
    let levels: [String] = ["generic", "avx2", "avx512"].filter { unsafe kernel_level_exists($0) }
    return JSONLine(
      levels.map { level in
        let count = kernel_rate_count()
        var peak = 0.0
        let rates = unsafe [kernel_rate](unsafeUninitializedCapacity: count) { buffer, initialized in
          guard let base = buffer.baseAddress else { return }
          unsafe peak = kernel_rates(level, rounds, seconds, base)
          initialized = count
        }
        return (level, .object([("peak", .number(peak)), ("kernels", .array(unsafe rates.map { unsafe row($0) }))]))
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
