/// What all readers of one config share.
final class ReadingState {
  let problems = ProblemList()
  /// What the keys hold: of a draft, so far.
  let facts: FactTable
  /// Whether values are read only so that others can ask for them.
  let isDraft: Bool
  /// What relative paths are meant from.
  let folder: String
  /// Knows other tools' names of keys.
  let advice: KeyAdvice?

  /// Whether keys may have the names that they had before.
  let acceptsFormerNames: Bool
  /// What a config can name, and whoever reads it gives.
  let given: [any Sendable]

  init(
    facts: FactTable = FactTable(), isDraft: Bool = false, folder: String = "", advice: KeyAdvice? = nil,
    acceptsFormerNames: Bool = false, given: [any Sendable] = []
  ) {
    (self.facts, self.isDraft, self.folder, self.advice) = (facts, isDraft, folder, advice)
    (self.acceptsFormerNames, self.given) = (acceptsFormerNames, given)
  }
}
