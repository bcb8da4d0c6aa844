#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

typealias GuardedFloats = Guarded<Float>

/// Elements that end where a page does, before one that nobody may touch: a kernel that reads or writes beyond the last
/// element crashes instead of passing by luck. Keep it in a variable: a temporary is gone before the call.
final class Guarded<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int
  private let mapping: UnsafeMutableRawPointer
  private let bytes: Int

  init(_ values: [Element]) {
    let page = Int(getpagesize())
    let size = values.count * MemoryLayout<Element>.stride
    let pages = (size + page - 1) / page
    bytes = (pages + 1) * page
    count = values.count
    mapping = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    precondition(mapping != MAP_FAILED, "no memory")
    mprotect(mapping + pages * page, page, PROT_NONE)
    base = (mapping + pages * page - size).bindMemory(to: Element.self, capacity: values.count)
    base.initialize(from: values, count: values.count)
  }

  convenience init(repeating value: Element, count: Int) { self.init(Array(repeating: value, count: count)) }

  deinit { munmap(mapping, bytes) }

  var values: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

/// A row-major matrix with gaps between its rows, filled with NaN: reading a gap spoils a result, and writing into one
/// is seen.
final class GuardedMatrix {
  let rows: Int
  let columns: Int
  let stride: Int
  private let storage: GuardedFloats

  /// - Parameter values: [rows, columns]; nil fills with NaN, for results that must be written.
  init(rows: Int, columns: Int, gap: Int, values: [Float]? = nil) {
    self.rows = rows
    self.columns = columns
    stride = columns + gap
    // The last row has no gap, so that the guard page follows its last element.
    var all = [Float](repeating: .nan, count: max(0, rows * (columns + gap) - gap))
    if let values {
      for i in values.indices { all[i / columns * stride + i % columns] = values[i] }
    }
    storage = GuardedFloats(all)
  }

  var base: UnsafeMutablePointer<Float> { storage.base }

  /// [rows, columns], without the gaps.
  var values: [Float] {
    (0..<rows * columns).map { storage.base[$0 / columns * stride + $0 % columns] }
  }

  /// The columns of a range, row by row.
  func columns(_ range: Range<Int>) -> [Float] {
    (0..<rows).flatMap { row in range.map { storage.base[row * stride + $0] } }
  }

  /// Whether no gap has been written to.
  var gapsAreUntouched: Bool {
    storage.values.enumerated().allSatisfy { $0.offset % stride < columns || $0.element.isNaN }
  }
}
