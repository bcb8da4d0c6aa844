/// Integers in an array, or in a file that is mapped into memory.
struct NumberColumn<Element: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
  private(set) var owned: [Element]
  let mapped: MappedNumbers<Element>?

  init(_ owned: [Element] = []) { (self.owned, mapped) = (owned, nil) }

  init(_ mapped: MappedNumbers<Element>) { (owned, self.mapped) = ([], mapped) }

  var count: Int { mapped?.count ?? owned.count }

  subscript(index: Int) -> Element {
    @inline(__always) get { if let mapped { mapped[index] } else { owned[index] } }
  }

  mutating func append(_ element: Element) {
    precondition(mapped == nil, "numbers on disk do not grow")
    owned.append(element)
  }

  mutating func append(contentsOf elements: some Sequence<Element>) {
    precondition(mapped == nil, "numbers on disk do not grow")
    owned.append(contentsOf: elements)
  }

  /// Keeps the first `count`, and the memory.
  mutating func removeAll(but count: Int) {
    precondition(mapped == nil, "numbers on disk do not go away")
    owned.removeLast(owned.count - count)
  }
}

extension NumberColumn {
  /// Whether all numbers are in a range.
  func isWithin(_ range: Range<Int>) -> Bool {
    if let mapped { return mapped.isWithin(range) }
    return owned.allSatisfy { range.contains(Int($0)) }
  }

  /// Whether each number is greater than the one before.
  var isAscending: Bool {
    var last: Element?
    for index in 0..<count {
      let number = self[index]
      if let last, number <= last { return false }
      last = number
    }
    return true
  }
}

extension NumberColumn: Equatable {
  static func == (a: NumberColumn, b: NumberColumn) -> Bool {
    a.count == b.count && (0..<a.count).allSatisfy { a[$0] == b[$0] }
  }
}
