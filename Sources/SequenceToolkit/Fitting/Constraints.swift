import SeqCore
import SeqData
import SeqMetrics

extension ExperimentConfig {
  /// Finds out which tag sequences the tagger may give, if it is left to the training tags.
  /// - Throws: `.data` if the tags are not of the scheme that is named.
  mutating func settleConstraints(
    _ encoder: Encoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError) {
    guard task == .tagging else { return }
    let tags = encoder.labels.labels
    if let scheme = inference.constraints.scheme {
      if let other = tags.first(where: { $0 != "O" && !scheme.has($0) }) {
        throw .data(
          "the tag \"\(other)\" is not of \(scheme.rawValue)", at: .path("inference.constraints"),
          remedy: "try \(TagGrammar.detect(tags)?.rawValue ?? "none")")
      }
      guard let misfits = Self.misfits(scheme, tags, train), misfits * 100 > train.count else { return }
      let detected = TagGrammar.detect(tags).map { $0 == scheme ? "" : "; the tags look like \($0.rawValue)" } ?? ""
      hooks.warn(
        "\(misfits) of \(train.count) training sequences are ill-formed in \(scheme.rawValue), and the tagger will "
          + "write none like them (inference.constraints)" + detected)
    } else if inference.constraints == .automatic {
      inference.constraints = ConstraintChoice(Self.wellFormedScheme(tags, train, hooks))
    }
  }

  /// The scheme in which the training tags are well-formed, but for mistakes: one sequence in a hundred.
  private static func wellFormedScheme(
    _ tags: [String], _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) -> TagScheme? {
    guard let scheme = TagGrammar.detect(tags), let misfits = misfits(scheme, tags, train) else { return nil }
    if misfits == 0 { return scheme }
    if misfits * 100 <= train.count {
      hooks.note(
        "\(misfits) of \(train.count) training sequences are ill-formed in \(scheme.rawValue); tags are constrained to it "
          + "all the same (seqtool data check tells where, inference.constraints=none lifts it)")
      return scheme
    }
    hooks.warn(
      "\(misfits) of \(train.count) training sequences are ill-formed in \(scheme.rawValue), so that tags are not "
        + "constrained to it; seqtool data check tells where, and inference.constraints=\(scheme.rawValue) constrains "
        + "them all the same")
    return nil
  }

  /// How many training sequences are ill-formed in a scheme; nil if some of the tags are none of it.
  private static func misfits(_ scheme: TagScheme, _ tags: [String], _ train: EncodedDataset) -> Int? {
    guard let grammar = TagGrammar(scheme, tags: tags) else { return nil }
    var pairs = [Bool](repeating: false, count: tags.count * tags.count)
    return (0..<train.count).reduce(0) { $0 + (isWellFormed($1, train, grammar, tags.count, &pairs) ? 0 : 1) }
  }

  /// - Parameter pairs: those that are known to be allowed.
  private static func isWellFormed(
    _ sequence: Int, _ train: EncodedDataset, _ grammar: TagGrammar, _ count: Int, _ pairs: inout [Bool]
  ) -> Bool {
    let length = train.length(sequence)
    guard length > 0 else { return true }
    var previous = Int(train.label(sequence, 0))
    guard grammar.mayStart(previous) else { return false }
    for step in 1..<max(1, length) {
      let tag = Int(train.label(sequence, step))
      if !pairs[previous * count + tag] {
        guard grammar.mayFollow(tag, previous) else { return false }
        pairs[previous * count + tag] = true
      }
      previous = tag
    }
    return grammar.mayEnd(previous)
  }
}
