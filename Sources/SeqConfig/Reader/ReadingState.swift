/// What all readers of one config share.
final class ReadingState {
  let problems = ProblemList()
  /// The values of the keys; in a draft, of those read so far.
  let facts: FactTable
  /// Whether values are read only so that others can ask for them.
  let isDraft: Bool
  /// The folder that relative paths start from.
  let folder: String
  /// Knows other tools' names of keys.
  let advice: KeyAdvice?

  /// Whether former names of keys are accepted.
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
