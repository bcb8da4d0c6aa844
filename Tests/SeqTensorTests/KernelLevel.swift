import CSeqKernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A CPU level to test, by name, so that a failing case says which, and the precision of its products.
struct KernelLevel: Sendable, CustomTestStringConvertible {
  let name: String
  var precision = SEQK_FLOAT32

  var table: seqk_table {
    guard let table = seqk_level(name, precision) else { fatalError("no level \(name)") }
    return table.pointee
  }

  /// bf16 numbers that stand for one number; 0 for single precision.
  var planes: Int { precision == SEQK_FLOAT32 ? 0 : precision == SEQK_BFLOAT16 ? 1 : 2 }

  var testDescription: String { name + ["", ", bfloat16", ", bfloat16x3"][planes] }

  /// The levels this CPU has, in single precision.
  static let all = ["generic", "avx2", "avx512"].map { KernelLevel(name: $0) }.filter(\.isThere)

  /// The levels with bf16 tiles, those of this CPU and the emulated ones, in both precisions.
  static let tiles = ["amx", "amx-emulated", "amx-emulated-generic"].flatMap { name in
    [SEQK_BFLOAT16, SEQK_BFLOAT16X3].map { KernelLevel(name: name, precision: $0) }
  }.filter(\.isThere)

  private var isThere: Bool { seqk_level(name, precision) != nil }

  /// What `SEQTOOL_CPU` asks for.
  static let forced: String? = getenv("SEQTOOL_CPU").map { String(cString: $0) }
}

/// Sizes that cross every vector width and the width of a panel.
let everySize = 0...67
