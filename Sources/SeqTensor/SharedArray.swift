/// Elements that tasks of a `WorkerTeam` set, each in places of its own, for their caller or a later run to read.
///
/// Unchecked because access is divided in time, not by a lock: see `WorkerTeam`.
@safe
package final class SharedArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  private var capacity = 0
  /// How many elements there are.
  package private(set) var count = 0

  package init() { unsafe base = .allocate(capacity: 0) }

  deinit { unsafe base.deallocate() }

  /// Makes it `count` times `element`. No memory is allocated if it has been as long before.
  package func reset(_ count: Int, to element: Element) {
    if count > capacity {
      unsafe base.deallocate()
      capacity = max(count, capacity + capacity / 2)
      unsafe base = .allocate(capacity: capacity)
    }
    unsafe base.initialize(repeating: element, count: count)
    self.count = count
  }

  @inlinable
  package subscript(_ index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "an index outside of the array")
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count, "an index outside of the array")
      unsafe base[index] = newValue
    }
  }

  /// A copy of the elements.
  package var elements: [Element] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }
}
