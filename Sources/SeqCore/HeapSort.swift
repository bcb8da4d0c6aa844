extension [UInt64] {
  /// Sorts by heapsort, because the standard library's sort allocates.
  package mutating func sortInPlace() {
    for root in (0..<count / 2).reversed() { sift(root, below: count) }
    for end in indices.reversed() {
      swapAt(0, end)
      sift(0, below: end)
    }
  }

  /// Moves an element down until none of its children is greater.
  private mutating func sift(_ start: Int, below end: Int) {
    var root = start
    while true {
      var greatest = root
      for child in 2 * root + 1...2 * root + 2 where child < end && self[child] > self[greatest] { greatest = child }
      if greatest == root { return }
      swapAt(root, greatest)
      root = greatest
    }
  }
}
