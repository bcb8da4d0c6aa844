package import SeqCore

/// Sequences of token ids with what should be predicted, in flat columns: in memory, or in files that are mapped
/// into it, for a corpus that is larger.
package struct EncodedDataset: Sendable, Equatable {
  /// Whether a label belongs to each token (tagging) or to the whole sequence (classification).
  package let isTagged: Bool
  /// If the sequences are windows of n parallel streams, n: sequence w · n + s goes on where (w − 1) · n + s ended.
  package internal(set) var streams: Int?
  private(set) var ids = NumberColumn<Int32>()
  private(set) var starts = NumberColumn<Int>([0])
  private(set) var labels = NumberColumn<Int32>()
  /// What is known of each token beside its id: the number of its spelling, what input columns hold.
  private(set) var extras: [NumberColumn<Int32>]
  /// What views of a model look at of the spellings; they are the first of the extras then.
  package var spellings: SpellingTable?
  /// Where the labels of each sequence start, if each has a number of its own; in memory only.
  private var labelStarts: [Int]?
  /// The label of each sequence beside its tags, if there are any.
  private(set) var sequenceLabels: NumberColumn<Int32>?
  /// What is added to a network's scores of the labels and of the sequences, one after the other; in memory only.
  private var offsets = ScoreOffsets()

  /// How much a dataset holds.
  package struct Size: Sendable, Equatable {
    package var sequences: Int
    package var tokens: Int
    package var labels: Int

    package init(sequences: Int, tokens: Int, labels: Int) {
      (self.sequences, self.tokens, self.labels) = (sequences, tokens, labels)
    }
  }

  /// - Parameters:
  ///   - hasSequenceLabels: whether a sequence has a label beside those of its tokens.
  ///   - extras: numbers that each token has beside its id.
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

  /// Whether a sequence has labels of another number than it has tokens.
  package var isPaired: Bool { labelStarts != nil }

  /// Opens what an `EncodedDatasetWriter` has written.
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

  /// Whether it is on disk.
  package var isMapped: Bool { ids.mapped != nil }

  /// Sequences.
  package var count: Int { starts.count - 1 }
  /// Tokens of all sequences.
  package var tokenCount: Int { ids.count }

  /// Adds a sequence. One without tokens gets a single padding symbol (id 0), so that it can be classified.
  ///
  /// - Parameter labels: one, or one a token; −1 for a label that the model does not know.
  package mutating func append(ids newIDs: some Sequence<Int32>, labels newLabels: some Sequence<Int32>) {
    append(ids: Array(newIDs)[...], labels: Array(newLabels)[...])
  }

  /// Adds a sequence, as `append` of any collections does, and quicker.
  package mutating func append(ids newIDs: ArraySlice<Int32>, labels newLabels: ArraySlice<Int32>) {
    append(ids: newIDs, labels: newLabels, extras: [])
  }

  /// Adds a sequence with what is known beside its tokens' ids and labels.
  ///
  /// - Parameters:
  ///   - newExtras: numbers that each token has beside its id.
  ///   - sequenceLabel: the label of the whole beside those of its tokens; −1 for one that is not known.
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

  /// Whether a sequence has a label beside those of its tokens.
  package var hasSequenceLabels: Bool { sequenceLabels != nil }

  /// The label of a sequence beside those of its tokens.
  package func sequenceLabel(_ sequence: Int) -> Int32 { sequenceLabels?[sequence] ?? -1 }

  /// Whether sequences have scores beside those of a network.
  package var hasOffsets: Bool { !offsets.isEmpty }

  /// What is added to a network's scores of a label: that of the sequence, or of its token at a step.
  package func offsets(_ sequence: Int, _ step: Int) -> ArraySlice<Float> {
    let classes = offsets.labels.count / labelCount
    let row = firstLabel(sequence) + step
    return offsets.labels[row * classes..<(row + 1) * classes]
  }

  /// What is added to a network's scores of a sequence's label beside its tags.
  package func sequenceOffsets(_ sequence: Int) -> ArraySlice<Float> {
    let labels = offsets.sequence.count / count
    return offsets.sequence[sequence * labels..<(sequence + 1) * labels]
  }

  package mutating func append(offsets new: ScoreOffsets) {
    offsets.labels += new.labels
    offsets.sequence += new.sequence
    precondition(
      offsets.labels.count.isMultiple(of: labelCount) && offsets.sequence.count.isMultiple(of: count),
      "another number of classes than before")
  }

  /// The same without scores beside those of a network.
  package var withoutOffsets: EncodedDataset {
    var data = self
    data.offsets = ScoreOffsets()
    return data
  }

  /// The offsets of a sequence.
  private func ownOffsets(_ sequence: Int) -> ScoreOffsets {
    ScoreOffsets(
      labels: (0..<labelCount(sequence)).flatMap { offsets(sequence, $0) }, sequence: Array(sequenceOffsets(sequence)))
  }

  /// Adds a sequence whose labels are not known. - Precondition: it has tokens.
  package mutating func append(unlabelled newIDs: ArraySlice<Int32>, extras newExtras: [ArraySlice<Int32>] = []) {
    precondition(!newIDs.isEmpty, "a sequence of no tokens")
    ids.append(contentsOf: newIDs)
    append(newExtras, count: newIDs.count)
    labels.append(contentsOf: repeatElement(-1, count: isTagged ? newIDs.count : 1))
    sequenceLabels?.append(-1)
    starts.append(ids.count)
    labelStarts?.append(labels.count)
  }

  /// Takes all sequences away and keeps the memory.
  package mutating func removeAll() {
    ids.removeAll(but: 0)
    labels.removeAll(but: 0)
    starts.removeAll(but: 1)
    sequenceLabels?.removeAll(but: 0)
    for k in extras.indices { extras[k].removeAll(but: 0) }
    spellings?.removeAll()
    offsets.labels.removeAll(keepingCapacity: true)
    offsets.sequence.removeAll(keepingCapacity: true)
    if let count = labelStarts?.count { labelStarts?.removeLast(count - 1) }
  }

  /// A copy of the first sequences, in memory.
  package func prefix(_ count: Int) -> EncodedDataset {
    var part =
      isPaired ? .pairs : EncodedDataset(isTagged: isTagged, hasSequenceLabels: hasSequenceLabels, extras: extras.count)
    part.spellings = spellings
    for sequence in 0..<min(count, self.count) {
      let tokens = (0..<length(sequence)).map { token(sequence, $0) }
      let known = (0..<labelCount(sequence)).map { label(sequence, $0) }
      let others = extras.indices.map { k in tokens.indices.map { extra(k, sequence, $0) }[...] }
      part.append(ids: tokens[...], labels: known[...], extras: others, sequenceLabel: sequenceLabel(sequence))
      if hasOffsets { part.append(offsets: ownOffsets(sequence)) }
    }
    return part
  }

  /// Of a dataset on disk: tells the system which sequences will be looked at soon.
  package func willNeed(_ sequences: ArraySlice<Int>) {
    guard let mapped = ids.mapped else { return }
    for sequence in sequences { mapped.willNeed(starts[sequence]..<starts[sequence + 1]) }
  }

  /// Of a dataset on disk: gives back the memory of what was looked at.
  package func releasePages() {
    ids.mapped?.releasePages()
    starts.mapped?.releasePages()
    labels.mapped?.releasePages()
    sequenceLabels?.mapped?.releasePages()
    for column in extras { column.mapped?.releasePages() }
  }

  /// Tokens of the sequences before one.
  package func start(_ sequence: Int) -> Int { starts[sequence] }

  /// Tokens of a sequence.
  package func length(_ sequence: Int) -> Int { starts[sequence + 1] - starts[sequence] }

  /// The token of a sequence at a step.
  package func token(_ sequence: Int, _ step: Int) -> Int32 { ids[starts[sequence] + step] }

  /// Numbers that each token has beside its id.
  package var extraCount: Int { extras.count }

  /// One of the numbers that a token has beside its id.
  package func extra(_ k: Int, _ sequence: Int, _ step: Int) -> Int32 { extras[k][starts[sequence] + step] }

  /// Labels of all sequences.
  package var labelCount: Int { labels.count }

  /// Labels of a sequence: one, or one a token, or those of its target.
  package func labelCount(_ sequence: Int) -> Int {
    if let labelStarts { return labelStarts[sequence + 1] - labelStarts[sequence] }
    return isTagged ? length(sequence) : 1
  }

  /// Labels of the sequences before one.
  package func firstLabel(_ sequence: Int) -> Int {
    if let labelStarts { return labelStarts[sequence] }
    return isTagged ? starts[sequence] : sequence
  }

  /// The label of a sequence, or of its token at a step.
  package func label(_ sequence: Int, _ step: Int = 0) -> Int32 { labels[firstLabel(sequence) + step] }
}
