extension EncodedDataset {
  /// What the numbers of a dataset may be: each less than one of these.
  package struct Limits: Sendable {
    /// How many ids tokens can have: each is below this.
    package var ids: Int
    /// How many labels, or tags, there are. −1 stands for none.
    package var labels: Int
    /// How many labels of whole sequences there are beside tags. −1 stands for none.
    package var sequenceLabels: Int
    /// How many values each further input of the tokens can have.
    package var extras: [Int]

    package init(ids: Int, labels: Int, sequenceLabels: Int = 0, extras: [Int] = []) {
      (self.ids, self.labels, self.sequenceLabels, self.extras) = (ids, labels, sequenceLabels, extras)
    }
  }

  /// Looks at every number of a dataset on disk.
  ///
  /// - Parameter stem: what it was opened by.
  /// - Returns: the path of the first file that holds an impossible number; nil if all are possible.
  package func damagedFile(_ stem: String, _ limits: Limits) -> String? {
    defer { releasePages() }
    let paths = DatasetFiles.paths(stem)
    if !hasWellFormedStarts { return paths.starts }
    if !ids.isWithin(0..<limits.ids) { return paths.ids }
    if !labels.isWithin(-1..<limits.labels) || labels.count != (isTagged ? tokenCount : count) { return paths.labels }
    if let sequenceLabels, !sequenceLabels.isWithin(-1..<limits.sequenceLabels) { return paths.sequenceLabels }
    for (k, column) in extras.enumerated() where !column.isWithin(0..<(k < limits.extras.count ? limits.extras[k] : 0))
    {
      return DatasetFiles.path(stem, extra: k)
    }
    return nil
  }

  /// Whether each sequence ends behind its beginning, the last one at the end of the tokens.
  private var hasWellFormedStarts: Bool {
    guard starts.count > 0, starts[0] == 0, starts[starts.count - 1] == tokenCount else { return false }
    return starts.isAscending
  }
}
