import SeqCore
import SeqData
import SeqEncoding
import SeqMetrics
package import SeqRecords
import SeqTags
import SeqText

/// What a fit says of tags that make scores wrong: slips, several schemes, and spans in a form that is not read.
package struct TagRemarks {
  package let config: ExperimentConfig
  package let learned: LearnedEncoder
  package let train: EncodedDataset

  private var encoder: SequenceEncoder { learned.encoder }

  /// - Parameter parts: what the model is scored on.
  package func tell(_ parts: [(name: String, part: any ScoredData)], _ hooks: Experiment.Hooks) {
    guard encoder.task.tagsTokens else { return }
    guard let scheme = encoder.tagScheme else {
      if let warning = unusualForm { hooks.warn(warning) }
      return
    }
    if let warning = strangers(to: scheme) { hooks.warn(of: warning) }
    if let warning = slips { hooks.warn(of: warning) }
    // Tags that are brought into a scheme are of it.
    guard encoder.scheme == nil else { return }
    let others = parts.filter { ($0.name == "dev" ? config.data.dev : config.data.test) != config.data.train }
    for (name, part) in others { if let warning = strays(name, part, scheme) { hooks.warn(of: warning) } }
  }

  /// Spans that are not written as `B-PER`, which would count as parts of speech.
  private var unusualForm: String? {
    guard let found = TagForm.unusual(encoder.labels.labels), let first = found.first else { return nil }
    let names = found.prefix(5).map(\.tag).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
    let scheme = TagGrammar.detect(found.map(\.usual)) ?? .iob2
    return
      "these tags look like spans: \(names), as \(first.usual) for \(first.tag); they are learned and scored one by "
      + "one, as parts of speech are (data.scheme=\(scheme.rawValue) reads them as spans)"
  }

  private func strangers(to scheme: TagScheme) -> SeqError.Diagnostic? {
    let strange = encoder.labels.labels.filter { $0 != "O" && !scheme.has($0) }
    guard let first = strange.first else { return nil }
    let names = strange.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ") + (strange.count > 5 ? ", …" : "")
    return .init(
      "\(names): not of \(scheme.rawValue), the scheme of the other tags, so tags are not constrained to it"
        + didYouMean(first, among: encoder.labels.labels.filter(scheme.has)),
      remedy: .checkData())
  }

  /// Sequences that the scheme of the training file does not allow.
  private var slips: SeqError.Diagnostic? {
    guard learned.misfits > 0, let scheme = encoder.writtenScheme ?? encoder.tagScheme else { return nil }
    let count = learned.misfits
    let sequences =
      "\(count) of \(train.count) training sequences \(count == 1 ? "is" : "are") ill-formed in \(scheme.rawValue)"
    let place = firstSlip(scheme).map { ", \(count == 1 ? "" : "first ")\($0)" } ?? ""
    let lift = isConstrained ? "inference.constraints=none lifts it" : nil
    return .init(sequences + place + effect, remedy: .checkData(orElse: lift))
  }

  private var isConstrained: Bool { config.inference.constraints.scheme != nil && encoder.scheme == nil }

  private var effect: String {
    if encoder.scheme != nil { return "; spans are read as the CoNLL script does" }
    return isConstrained ? "; tags are still constrained to it" : "; tags are not constrained to it"
  }

  /// Where the training file has its first ill-formed sequence, and what that is.
  private func firstSlip(_ scheme: TagScheme) -> String? {
    var found: String?
    // A second reading, so notes of the first are not made again. It ends at the first one.
    ReadingNotes.silently {
      _ = try? readRecords(path: config.data.train, options: config.data.reading, wanting: config.data.wanted) {
        record throws(SeqError) in
        let tags = encoder.scheme == nil ? record.tags ?? [] : (record.tags ?? []).map(TagForm.usual)
        guard let fault = scheme.fault(in: tags) else { return }
        let line = record.line + (record.tokens == nil ? 0 : min(fault.token, tags.count - 1))
        let file = record.file ?? config.data.train
        let hasLines = config.data.reading.format?.traits.hasTokenLines ?? false
        found = "\(Place.line(hasLines ? line : record.line, of: file)): \(fault.message)"
        throw .data("found")
      }
    }
    return found
  }

  /// A part whose tags are of another scheme than those of the training data, or with sequences that are ill-formed in it.
  private func strays(_ name: String, _ part: any ScoredData, _ scheme: TagScheme) -> SeqError.Diagnostic? {
    var census = SchemeCensus()
    let (data, names) = (part.data, encoder.labels.labels + part.unseenLabels)
    for sequence in 0..<data.count {
      census.add((0..<data.labelCount(sequence)).lazy.map { names[Int(data.label(sequence, $0))] })
    }
    guard let own = census.differing(from: scheme) else {
      let count = census.misfits(scheme)
      guard count > 0 else { return nil }
      return .init(
        "\(count) of \(data.count) sequences of \(name) \(count == 1 ? "is" : "are") ill-formed in \(scheme.rawValue); "
          + "spans are scored as the CoNLL script reads them",
        remedy: .checkData())
    }
    return .init(
      "the tags of \(name) are \(own.rawValue), those of the training data \(scheme.rawValue): scores will be wrong",
      remedy: "data.scheme=\(scheme.rawValue) converts all of them to one scheme")
  }
}
