import SeqBaseline
import SeqCore
import SeqText

extension ModelDirectory {
  /// Reads what was fitted beside the network; nil if nothing was.
  /// - Throws: `.data` if it is damaged, or has other classes.
  func readLinearModels(_ encoder: Encoder) throws(SeqError) -> LinearModels? {
    guard let main = try readBaseline(Self.baseline, encoder.labels, isTagger: encoder.task == .tagging) else {
      return nil
    }
    return LinearModels(main: main, labels: try readLabelBaseline(encoder))
  }

  /// The encoder with the linear model that the config adds to the network.
  /// - Throws: also `.data` if there is none.
  func addLinearPart(to encoder: Encoder, _ config: ExperimentConfig) throws(SeqError) -> Encoder {
    guard config.inference.linear > 0 else { return encoder }
    let isTagging = encoder.task == .tagging
    let model =
      isTagging ? try readLabelBaseline(encoder) : try readBaseline(Self.baseline, encoder.labels, isTagger: false)
    guard let model else {
      throw .data(
        "there is no \(isTagging ? Self.labelBaseline : Self.baseline), which inference.linear adds to the network",
        at: .file(path), remedy: "fit the model again, or set inference.linear to 0 in its config.json")
    }
    return encoder.adding(model, config)
  }

  private func readLabelBaseline(_ encoder: Encoder) throws(SeqError) -> Baseline? {
    guard let labels = encoder.sequenceLabels else { return nil }
    return try readBaseline(Self.labelBaseline, labels, isTagger: false)
  }

  private func readBaseline(_ name: String, _ labels: LabelSet, isTagger: Bool) throws(SeqError) -> Baseline? {
    let file = path + "/" + name
    guard FileSystem.exists(file) else { return nil }
    let baseline = try Baseline(FileSystem.read(file), file: file)
    guard baseline.classes == labels.count, baseline.isTagger == isTagger else {
      throw .data("belongs to another model", at: .file(file), remedy: "fit the model again")
    }
    return baseline
  }
}

extension LinearModels {
  /// Writes the files that `readLinearModels` reads.
  func write(to folder: String) throws(SeqError) {
    try FileSystem.write(main.bytes, to: folder + "/" + ModelDirectory.baseline)
    if let labels { try FileSystem.write(labels.bytes, to: folder + "/" + ModelDirectory.labelBaseline) }
  }
}
