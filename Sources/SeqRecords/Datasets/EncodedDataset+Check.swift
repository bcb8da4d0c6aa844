extension EncodedDataset {
  /// Upper bounds for the numbers of a dataset.
  package struct Limits: Sendable {
    /// The number of token ids.
    package var ids: Int
    /// The number of labels or tags; −1 if there are none.
    package var labels: Int
    /// The number of sentence labels in addition to tags; −1 if there are none.
    package var sequenceLabels: Int
    /// The number of values of each further feature of the tokens.
    package var extras: [Int]

    package init(ids: Int, labels: Int, sequenceLabels: Int = 0, extras: [Int] = []) {
      (self.ids, self.labels, self.sequenceLabels, self.extras) = (ids, labels, sequenceLabels, extras)
    }
  }

  /// Checks every number of a dataset on disk.
  ///
  /// - Parameter stem: the path that it was opened with, without endings.
  /// - Returns: the path of the first file with an impossible number; nil if there is none.
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

  /// Whether each sequence ends after its beginning, and the last one at the end of the tokens.
  private var hasWellFormedStarts: Bool {
    guard starts.count > 0, starts[0] == 0, starts[starts.count - 1] == tokenCount else { return false }
    return starts.isAscending
  }
}

/// The names of the files of a dataset on disk.
package enum DatasetFiles {
  /// The files of a dataset: the tokens, where each sequence ends among them, and the labels.
  package static func paths(_ stem: String) -> (ids: String, starts: String, labels: String, sequenceLabels: String) {
    (stem + ".ids", stem + ".starts", stem + ".labels", stem + ".sequenceLabels")
  }

  /// The file of one of the further numbers of the tokens.
  package static func path(_ stem: String, extra: Int) -> String { "\(stem).extra\(extra)" }
}
