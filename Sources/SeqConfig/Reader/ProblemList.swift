import SeqCore

/// The mistakes found in one config, shared by all readers of it.
final class ProblemList {
  private var diagnostics: [SeqError.Diagnostic] = []

  /// Adds a mistake; the same mistake counts once.
  func add(_ diagnostic: SeqError.Diagnostic) {
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  /// By line and column; those without a line come last, in the order found.
  var sorted: [SeqError.Diagnostic] {
    func position(_ place: Place?) -> (Int, Int) { (place?.line ?? .max, place?.column ?? .max) }
    let ranked = diagnostics.enumerated().sorted { a, b in
      let (first, second) = (position(a.element.place), position(b.element.place))
      return first == second ? a.offset < b.offset : first < second
    }
    return ranked.map(\.element)
  }
}
