/// Numbers that tasks of a `WorkerTeam` leave for their caller, one each.
@safe
package final class Partials: @unchecked Sendable {
  private var values: UnsafeMutablePointer<Double>
  private var capacity: Int

  package init() {
    capacity = 64
    unsafe values = .allocate(capacity: capacity)
    unsafe values.initialize(repeating: 0, count: capacity)
  }

  deinit { unsafe values.deallocate() }

  /// Makes room for `count` numbers, all 0.
  package func reset(_ count: Int) {
    if count > capacity {
      unsafe values.deallocate()
      capacity = max(count, 2 * capacity)
      unsafe values = .allocate(capacity: capacity)
    }
    unsafe values.initialize(repeating: 0, count: capacity)
  }

  package subscript(_ index: Int) -> Double {
    get {
      precondition(index >= 0 && index < capacity)
      return unsafe values[index]
    }
    set {
      precondition(index >= 0 && index < capacity)
      unsafe values[index] = newValue
    }
  }

  /// The sum of the first `count`, in order.
  package func sum(_ count: Int) -> Double { (0..<count).reduce(0) { $0 + self[$1] } }
}
