import CSeqKernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A CPU level to test, by name, so that a failing case says which.
struct KernelLevel: Sendable, CustomTestStringConvertible {
  let name: String

  var table: seqk_table {
    guard let table = seqk_level(name) else { fatalError("no level \(name)") }
    return table.pointee
  }

  var testDescription: String { name }

  /// The levels this CPU has.
  static let all = ["generic", "avx2", "avx512"].map { KernelLevel(name: $0) }.filter { seqk_level($0.name) != nil }

  /// What `SEQTOOL_CPU` asks for.
  static let forced: String? = getenv("SEQTOOL_CPU").map { String(cString: $0) }
}

/// Sizes that cross every vector width and the width of a panel.
let everySize = 0...67
