import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Owning, 64-byte aligned storage for `Float`. The only type in the package that allocates numeric memory.
///
/// Unchecked because access is divided in time, not by a lock: see `WorkerTeam`.
@safe
package final class FloatBuffer: @unchecked Sendable {
  private var base: UnsafeMutablePointer<Float>
  package private(set) var capacity: Int

  /// Storage for `capacity` zeros.
  package init(capacity: Int = 0) {
    unsafe base = Self.allocate(capacity)
    self.capacity = capacity
  }

  deinit { unsafe free(base) }

  /// Grows to hold at least `count` elements; contents are lost. Amortised: growth is geometric.
  package func ensureCapacity(_ count: Int) {
    guard count > capacity else { return }
    unsafe free(base)
    capacity = max(count, capacity + capacity / 2)
    unsafe base = Self.allocate(capacity)
  }

  /// A view of `rows` × `columns` elements that starts at `offset`. Valid until the next growth or the end of the buffer.
  package func matrix(rows: Int, columns: Int, offset: Int = 0) -> Matrix {
    precondition(
      rows >= 0 && columns >= 0 && offset >= 0 && offset + rows * columns <= capacity,
      "a view beyond the buffer's \(capacity) elements")
    return unsafe Matrix(base: base + offset, rows: rows, columns: columns, stride: columns)
  }

  /// `matrix` after making room for it: what a pass calls once a batch.
  package func reserve(rows: Int, columns: Int) -> Matrix {
    ensureCapacity(rows * columns)
    return matrix(rows: rows, columns: columns)
  }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let bytes = max(64, count * MemoryLayout<Float>.stride)
    var raw: UnsafeMutableRawPointer?
    guard unsafe posix_memalign(&raw, 64, bytes) == 0, let raw = unsafe raw else { OutOfMemory.end(bytes) }
    return unsafe raw.initializeMemory(as: Float.self, repeating: 0, count: count)
  }
}
