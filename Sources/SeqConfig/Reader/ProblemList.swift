import SeqCore

/// The mistakes found in one config, shared by all readers of it.
final class ProblemList {
  /// The most mistakes to keep; later ones are only counted. A file that is not a config of ours can have thousands.
  private static let limit = 1000

  private var diagnostics: [SeqError.Diagnostic] = []
  private var known: Set<SeqError.Diagnostic> = []
  private var further = 0

  /// Whether a further mistake will only be counted, so that it need not be described.
  var isFull: Bool { diagnostics.count >= Self.limit }

  /// Adds a mistake; the same mistake counts once.
  func add(_ diagnostic: SeqError.Diagnostic) {
    if isFull {
      further += 1
    } else if known.insert(diagnostic).inserted {
      diagnostics.append(diagnostic)
    }
  }

  /// One error with the first mistakes by line and column; those without a line come last, in the order found. Nil if
  /// there are none.
  var error: SeqError? {
    func position(_ place: Place?) -> (Int, Int) { (place?.line ?? .max, place?.column ?? .max) }
    let ranked = diagnostics.enumerated().sorted { a, b in
      let (first, second) = (position(a.element.place), position(b.element.place))
      return first == second ? a.offset < b.offset : first < second
    }
    guard !ranked.isEmpty else { return nil }
    return SeqError(.data, listing: ranked.map(\.element), of: ranked.count + further)
  }
}
