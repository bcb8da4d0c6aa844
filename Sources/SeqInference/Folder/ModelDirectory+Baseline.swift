package import SeqBaseline
package import SeqCore
package import SeqEncoding
package import SeqText

extension ModelDirectory {
  /// The encoder with the linear models that the config adds to the network.
  /// - Throws: also `.data` if one is not there.
  func addLinearScorer(to encoder: SequenceEncoder, _ config: ModelConfig) throws(SeqError) -> SequenceEncoder {
    let (settings, isTagging) = (config.inference, encoder.task.tagsTokens)
    var (labels, sequence): (Baseline?, Baseline?) = (nil, nil)
    if settings.linear > 0 {
      let (name, kind) = isTagging ? (Self.wordBaseline, Baseline.Kind.words) : (Self.baseline, .texts)
      labels = try readBaseline(name, encoder.labels, kind)
      if labels == nil { throw missing(name, "linear") }
    }
    if settings.linearLabel > 0 {
      sequence = try readLabelBaseline(encoder)
      if sequence == nil { throw missing(Self.labelBaseline, "linearLabel") }
    }
    return encoder.adding(.init(labels: labels, sequence: sequence), settings)
  }

  private func missing(_ name: String, _ key: String) -> SeqError {
    .data(
      "there is no \(name), which inference.\(key) adds to the network", at: .file(path),
      remedy: "fit the model again, or set inference.\(key) to 0 in its config.json")
  }

  package func readLabelBaseline(_ encoder: SequenceEncoder) throws(SeqError) -> Baseline? {
    guard let labels = encoder.sequenceLabels else { return nil }
    return try readBaseline(Self.labelBaseline, labels, .texts)
  }

  package func readBaseline(_ name: String, _ labels: LabelSet, _ kind: Baseline.Kind) throws(SeqError) -> Baseline? {
    let file = path + "/" + name
    guard FileSystem.exists(file) else { return nil }
    let baseline = try Baseline(ContainedFile(file, in: path).read(), file: file)
    guard baseline.classes == labels.count, baseline.kind == kind else {
      throw .data("belongs to another model", at: .file(file), remedy: "fit the model again")
    }
    return baseline
  }
}
