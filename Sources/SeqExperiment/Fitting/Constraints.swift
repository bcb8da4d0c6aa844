package import SeqCore
import SeqData
import SeqEncoding
import SeqMetrics
package import SeqRecords
import SeqTags
import SeqText

extension ExperimentConfig {
  /// Finds out which tag sequences the tagger may give, if it is left to the training tags.
  /// - Throws: `.data` if the tags are not of the scheme that is named.
  package mutating func settleConstraints(
    _ learned: LearnedEncoder, _ train: EncodedDataset, _ hooks: Experiment.Hooks
  ) throws(SeqError) {
    let encoder = learned.encoder
    inference.learnedScheme = encoder.tagScheme
    let tags = encoder.labels.labels
    if let scheme = inference.constraints.scheme {
      if let other = tags.first(where: { $0 != "O" && !scheme.has($0) }) {
        throw .data(
          "the tag \"\(other)\" is not of \(scheme.rawValue)", at: .path("inference.constraints"),
          remedy: "try \(encoder.tagScheme?.rawValue ?? "none")")
      }
      guard scheme != encoder.tagScheme else { return }
      let misfits = Self.misfits(scheme, tags, train)
      guard misfits * 100 > train.count else { return }
      let detected = encoder.tagScheme.map { "; most are well-formed in \($0.rawValue)" } ?? ""
      hooks.warn(
        "\(misfits) of \(train.count) training sequences are ill-formed in \(scheme.rawValue), and the tagger will "
          + "write none like them (inference.constraints)" + detected)
    } else if inference.constraints == .automatic {
      let scheme = encoder.tagScheme.flatMap { scheme in
        tags.allSatisfy { $0 == "O" || scheme.has($0) } ? scheme : nil
      }
      let isKept = encoder.scheme != nil || learned.misfits * 10 <= train.count
      inference.constraints = ConstraintChoice(isKept ? scheme : nil)
    }
  }

  /// How many training sequences are ill-formed in a scheme that has all of their tags.
  private static func misfits(_ scheme: TagScheme, _ tags: [String], _ train: EncodedDataset) -> Int {
    guard let grammar = TagGrammar(scheme, tags: tags) else { return 0 }
    return (0..<train.count).count { sequence in
      !grammar.allows((0..<train.length(sequence)).lazy.map { Int(train.label(sequence, $0)) })
    }
  }
}
