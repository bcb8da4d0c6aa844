/// The candidate nearest to what the user wrote, if it is near enough to be the intended one.
///
/// - Parameters:
///   - found: what the user wrote.
///   - candidates: the valid values; of equally near ones, the first wins.
/// - Returns: a candidate within an edit distance of a third of its length (at least 1, or 2 from four letters on). A
///   text that is longer than any name gets none.
public func suggestion(for found: String, among candidates: some Sequence<String>) -> String? {
  guard isComparable(found) else { return nil }
  let wanted = Array(found.lowercased().unicodeScalars)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates where isComparable(candidate) {
    let letters = Array(candidate.lowercased().unicodeScalars)
    let limit = max(letters.count >= 4 ? 2 : 1, letters.count / 3)
    guard abs(wanted.count - letters.count) <= limit else { continue }
    let distance = editDistance(wanted, letters)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.candidate
}

/// Whether a text is short enough for a comparison letter by letter, whose time grows with the product of the two
/// lengths.
private func isComparable(_ text: String) -> Bool { text.utf8.count <= 256 }

/// The number of insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`
/// (Damerau 1964, optimal string alignment).
package func editDistance<T: Equatable>(_ a: [T], _ b: [T]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in b.indices {
      row[j + 1] = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}

/// " — did you mean "x"?" for a near candidate, else an empty string.
public func didYouMean(_ found: String, among candidates: some Sequence<String>) -> String {
  suggestion(for: found, among: candidates).map { " — did you mean \"\($0)\"?" } ?? ""
}
