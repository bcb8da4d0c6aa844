package import SeqCore
package import SeqRecords

/// Writes a dataset to disk, sequence by sequence; `EncodedDataset(mapping:)` reads it.
package struct EncodedDatasetWriter: SequenceCollector {
  package let isTagged: Bool
  private let ids: ByteSink
  private let starts: ByteSink
  private let labels: ByteSink
  private let sequenceLabels: ByteSink?
  private let extras: [ByteSink]
  package var wordForms: WordFormTable?
  private var counts = (sequences: 0, tokens: 0, labels: 0)
  /// The first error while sequences were added; thrown at the end.
  private var failure: SeqError?

  /// - Parameters:
  ///   - stem: the path of the files without their endings.
  ///   - hasSequenceLabels: whether a sequence has a sentence label in addition to the labels of its tokens.
  ///   - extras: how many further numbers each token has.
  package init(_ stem: String, isTagged: Bool, hasSequenceLabels: Bool = false, extras: Int = 0) throws(SeqError) {
    self.isTagged = isTagged
    let paths = DatasetFiles.paths(stem)
    ids = try ByteSink(paths.ids)
    starts = try ByteSink(paths.starts)
    labels = try ByteSink(paths.labels)
    sequenceLabels = hasSequenceLabels ? try ByteSink(paths.sequenceLabels) : nil
    var sinks: [ByteSink] = []
    for k in 0..<extras { sinks.append(try ByteSink(DatasetFiles.path(stem, extra: k))) }
    self.extras = sinks
    try starts.write(numbers: [0])
  }

  package mutating func append(
    ids newIDs: ArraySlice<Int32>, labels newLabels: ArraySlice<Int32>, extras newExtras: [ArraySlice<Int32>],
    sequenceLabel: Int32
  ) {
    precondition(newLabels.count == (isTagged ? newIDs.count : 1), "labels do not fit the tokens")
    guard failure == nil else { return }
    do {
      try ids.write(numbers: newIDs.isEmpty ? [0] : newIDs)
      try labels.write(numbers: newLabels)
      try sequenceLabels?.write(numbers: [sequenceLabel])
      for (sink, numbers) in zip(extras, newExtras) { try sink.write(numbers: newIDs.isEmpty ? [0] : numbers) }
      counts.tokens += max(1, newIDs.count)
      counts.labels += newLabels.count
      counts.sequences += 1
      try starts.write(numbers: [counts.tokens])
    } catch {
      failure = error
    }
  }

  package mutating func append(linearScores: LinearScores) {
    preconditionFailure("scores beside those of a network are in memory only")
  }

  /// Completes the files.
  /// - Returns: how much was written; needed to open the files again.
  package func finish() throws(SeqError) -> EncodedDataset.Size {
    if let failure { throw failure }
    for sink in [ids, starts, labels] + extras { try sink.finish() }
    try sequenceLabels?.finish()
    return .init(sequences: counts.sequences, tokens: counts.tokens, labels: counts.labels)
  }
}
