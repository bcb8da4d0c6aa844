import SeqBaseline
package import SeqCore
package import SeqEncoding
package import SeqInference

extension ModelDirectory {
  /// Reads what was fitted beside the network to be compared with it; nil if nothing was.
  /// - Throws: `.data` if it is damaged, or has other classes.
  package func readLinearModels(_ encoder: SequenceEncoder) throws(SeqError) -> LinearModels? {
    let kind = encoder.task.tagsTokens ? Baseline.Kind.sentences : .texts
    guard let main = try readBaseline(Self.baseline, encoder.labels, kind) else { return nil }
    return LinearModels(main: main, labels: try readLabelBaseline(encoder))
  }
}

extension LinearModels {
  /// Writes the files that `readLinearModels` reads.
  package func write(to folder: String) throws(SeqError) {
    try FileSystem.write(main.bytes, to: folder + "/" + ModelDirectory.baseline)
    if let labels { try FileSystem.write(labels.bytes, to: folder + "/" + ModelDirectory.labelBaseline) }
    if let words { try FileSystem.write(words.bytes, to: folder + "/" + ModelDirectory.wordBaseline) }
  }
}
