package import SeqCore

/// Sequences of token ids with their targets, in flat columns. The columns are in memory or, for a larger corpus, in
/// mapped files.
package struct EncodedDataset: Sendable, Equatable {
  /// Whether a label belongs to each token (tagging) or to the whole sequence (classification).
  package let isTagged: Bool
  /// The number n of parallel streams if the sequences are windows of streams: sequence w · n + s continues where (w −
  /// 1) · n + s ended.
  package internal(set) var streams: Int?
  private(set) var ids = NumberColumn<Int32>()
  private(set) var starts = NumberColumn<Int>([0])
  private(set) var labels = NumberColumn<Int32>()
  /// Further numbers of each token: that of its word form, and the values of columns.
  private(set) var extras: [NumberColumn<Int32>]
  /// The features of the word forms that a model reads; the numbers of the word forms are then the first of the extras.
  package var wordForms: WordFormTable?
  /// Where the labels of each sequence start, if their count differs from that of the tokens; only in memory.
  private var labelStarts: [Int]?
  /// The sentence label of each sequence in addition to its tags, if there are any.
  private(set) var sequenceLabels: NumberColumn<Int32>?
  /// The linear scores that are added to a network's scores, first of the labels, then of the sequences; only in
  /// memory.
  private var linearScores = LinearScores()

  /// The size of a dataset.
  package struct Size: Sendable, Equatable {
    package var sequences: Int
    package var tokens: Int
    package var labels: Int

    package init(sequences: Int, tokens: Int, labels: Int) {
      (self.sequences, self.tokens, self.labels) = (sequences, tokens, labels)
    }
  }

  /// - Parameters:
  ///   - hasSequenceLabels: whether a sequence has a sentence label in addition to the labels of its tokens.
  ///   - extras: how many further numbers each token has.
  package init(isTagged: Bool, hasSequenceLabels: Bool = false, extras: Int = 0) {
    self.isTagged = isTagged
    sequenceLabels = hasSequenceLabels ? NumberColumn() : nil
    self.extras = (0..<extras).map { _ in NumberColumn() }
  }

  /// Pairs: the labels of a sequence are the tokens of its target.
  package static var pairs: EncodedDataset {
    var data = EncodedDataset(isTagged: false)
    data.labelStarts = [0]
    return data
  }

  /// Whether the number of labels of a sequence differs from that of its tokens.
  package var isPaired: Bool { labelStarts != nil }

  /// Opens the files that an `EncodedDatasetWriter` wrote.
  ///
  /// - Parameter stem: the path of the files without their endings.
  package init(
    mapping stem: String, isTagged: Bool, hasSequenceLabels: Bool = false, extras: Int = 0, size: Size
  ) throws(SeqError) {
    let paths = DatasetFiles.paths(stem)
    self.isTagged = isTagged
    var columns: [NumberColumn<Int32>] = []
    for k in 0..<extras {
      columns.append(NumberColumn(try MappedNumbers(DatasetFiles.path(stem, extra: k), count: size.tokens)))
    }
    self.extras = columns
    ids = NumberColumn(try MappedNumbers(paths.ids, count: size.tokens))
    starts = NumberColumn(try MappedNumbers(paths.starts, count: size.sequences + 1))
    labels = NumberColumn(try MappedNumbers(paths.labels, count: size.labels))
    if hasSequenceLabels {
      sequenceLabels = NumberColumn(try MappedNumbers(paths.sequenceLabels, count: size.sequences))
    }
  }

  /// Whether the dataset is on disk.
  package var isMapped: Bool { ids.mapped != nil }

  /// Sequences.
  package var count: Int { starts.count - 1 }
  /// The number of tokens of all sequences.
  package var tokenCount: Int { ids.count }

  /// Adds a sequence. A sequence without tokens gets a single padding symbol (id 0), so that it can be classified.
  ///
  /// - Parameter labels: one label, or one per token; −1 for a label that the model does not know.
  package mutating func append(ids newIDs: some Sequence<Int32>, labels newLabels: some Sequence<Int32>) {
    append(ids: Array(newIDs)[...], labels: Array(newLabels)[...])
  }

  /// Adds a sequence, like `append` for other collections, but faster.
  package mutating func append(ids newIDs: ArraySlice<Int32>, labels newLabels: ArraySlice<Int32>) {
    append(ids: newIDs, labels: newLabels, extras: [])
  }

  /// Adds a sequence with further numbers and a sentence label.
  ///
  /// - Parameters:
  ///   - newExtras: the further numbers of each token.
  ///   - sequenceLabel: the sentence label; −1 if it is unknown.
  package mutating func append(
    ids newIDs: ArraySlice<Int32>, labels newLabels: ArraySlice<Int32>, extras newExtras: [ArraySlice<Int32>],
    sequenceLabel: Int32 = -1
  ) {
    precondition(isPaired || newLabels.count == (isTagged ? newIDs.count : 1), "labels do not fit the tokens")
    precondition(!isPaired || !newLabels.isEmpty, "a target without an end")
    precondition(!(isTagged && newIDs.isEmpty), "a tagged sequence of no tokens")
    ids.append(contentsOf: newIDs)
    if newIDs.isEmpty { ids.append(0) }
    append(newExtras, count: newIDs.count)
    labels.append(contentsOf: newLabels)
    sequenceLabels?.append(sequenceLabel)
    starts.append(ids.count)
    labelStarts?.append(labels.count)
  }

  private mutating func append(_ newExtras: [ArraySlice<Int32>], count: Int) {
    precondition(
      newExtras.count == extras.count && newExtras.allSatisfy { $0.count == count },
      "numbers that do not fit the tokens")
    for k in extras.indices {
      extras[k].append(contentsOf: newExtras[k])
      if count == 0 { extras[k].append(0) }
    }
  }

  /// Whether sequences have a sentence label in addition to the labels of their tokens.
  package var hasSequenceLabels: Bool { sequenceLabels != nil }

  /// The sentence label of a sequence.
  package func sequenceLabel(_ sequence: Int) -> Int32 { sequenceLabels?[sequence] ?? -1 }

  /// Whether sequences have linear scores.
  package var hasLinearScores: Bool { !linearScores.isEmpty }

  /// The linear scores that are added to a network's scores for the label of a sequence, or of its token at a step.
  package func linearScores(_ sequence: Int, _ step: Int) -> ArraySlice<Float> {
    let classes = linearScores.labels.count / labelCount
    let row = firstLabel(sequence) + step
    return linearScores.labels[row * classes..<(row + 1) * classes]
  }

  /// The linear scores that are added to a network's scores for the sentence label of a sequence.
  package func sequenceLinearScores(_ sequence: Int) -> ArraySlice<Float> {
    let labels = linearScores.sequence.count / count
    return linearScores.sequence[sequence * labels..<(sequence + 1) * labels]
  }

  package mutating func append(linearScores new: LinearScores) {
    linearScores.labels += new.labels
    linearScores.sequence += new.sequence
    precondition(
      linearScores.labels.count.isMultiple(of: labelCount) && linearScores.sequence.count.isMultiple(of: count),
      "another number of classes than before")
  }

  /// The same without linear scores.
  package var withoutLinearScores: EncodedDataset {
    var data = self
    data.linearScores = LinearScores()
    return data
  }

  /// The linear scores of a sequence.
  private func ownLinearScores(_ sequence: Int) -> LinearScores {
    LinearScores(
      labels: (0..<labelCount(sequence)).flatMap { linearScores(sequence, $0) },
      sequence: Array(sequenceLinearScores(sequence)))
  }

  /// Adds a sequence whose labels are unknown. - Precondition: it has tokens.
  package mutating func append(unlabelled newIDs: ArraySlice<Int32>, extras newExtras: [ArraySlice<Int32>] = []) {
    precondition(!newIDs.isEmpty, "a sequence of no tokens")
    ids.append(contentsOf: newIDs)
    append(newExtras, count: newIDs.count)
    labels.append(contentsOf: repeatElement(-1, count: isTagged ? newIDs.count : 1))
    sequenceLabels?.append(-1)
    starts.append(ids.count)
    labelStarts?.append(labels.count)
  }

  /// Removes all sequences and keeps the memory.
  package mutating func removeAll() {
    ids.removeAll(but: 0)
    labels.removeAll(but: 0)
    starts.removeAll(but: 1)
    sequenceLabels?.removeAll(but: 0)
    for k in extras.indices { extras[k].removeAll(but: 0) }
    wordForms?.removeAll()
    linearScores.labels.removeAll(keepingCapacity: true)
    linearScores.sequence.removeAll(keepingCapacity: true)
    if let count = labelStarts?.count { labelStarts?.removeLast(count - 1) }
  }

  /// A copy of the first sequences, in memory.
  package func prefix(_ count: Int) -> EncodedDataset {
    var part =
      isPaired ? .pairs : EncodedDataset(isTagged: isTagged, hasSequenceLabels: hasSequenceLabels, extras: extras.count)
    part.wordForms = wordForms
    for sequence in 0..<min(count, self.count) {
      let tokens = (0..<length(sequence)).map { token(sequence, $0) }
      let known = (0..<labelCount(sequence)).map { label(sequence, $0) }
      let others = extras.indices.map { k in tokens.indices.map { extra(k, sequence, $0) }[...] }
      part.append(ids: tokens[...], labels: known[...], extras: others, sequenceLabel: sequenceLabel(sequence))
      if hasLinearScores { part.append(linearScores: ownLinearScores(sequence)) }
    }
    return part
  }

  /// For a dataset on disk: tells the system which sequences will be read soon.
  package func willNeed(_ sequences: ArraySlice<Int>) {
    guard let mapped = ids.mapped else { return }
    for sequence in sequences { mapped.willNeed(starts[sequence]..<starts[sequence + 1]) }
  }

  /// For a dataset on disk: returns the memory of what was read.
  package func releasePages() {
    ids.mapped?.releasePages()
    starts.mapped?.releasePages()
    labels.mapped?.releasePages()
    sequenceLabels?.mapped?.releasePages()
    for column in extras { column.mapped?.releasePages() }
  }

  /// The number of tokens before a sequence.
  package func start(_ sequence: Int) -> Int { starts[sequence] }

  /// The number of tokens of a sequence.
  package func length(_ sequence: Int) -> Int { starts[sequence + 1] - starts[sequence] }

  /// The token of a sequence at a step.
  package func token(_ sequence: Int, _ step: Int) -> Int32 { ids[starts[sequence] + step] }

  /// How many further numbers each token has.
  package var extraCount: Int { extras.count }

  /// One of the further numbers of a token.
  package func extra(_ k: Int, _ sequence: Int, _ step: Int) -> Int32 { extras[k][starts[sequence] + step] }

  /// The number of labels of all sequences.
  package var labelCount: Int { labels.count }

  /// The number of labels of a sequence: one, one per token, or one per token of its target.
  package func labelCount(_ sequence: Int) -> Int {
    if let labelStarts { return labelStarts[sequence + 1] - labelStarts[sequence] }
    return isTagged ? length(sequence) : 1
  }

  /// The number of labels before a sequence.
  package func firstLabel(_ sequence: Int) -> Int {
    if let labelStarts { return labelStarts[sequence] }
    return isTagged ? starts[sequence] : sequence
  }

  /// The label of a sequence, or of its token at a step.
  package func label(_ sequence: Int, _ step: Int = 0) -> Int32 { labels[firstLabel(sequence) + step] }
}
